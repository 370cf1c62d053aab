import java.io.BufferedReader;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What stands: the school in whole numbers, read in the order in which localsearch.py writes it. */
final class Data {
    final int slots;
    final int moments;
    final int[] weekday;
    final int[][] momentsOf;
    final int[] stage;
    final int careSize;
    final int careSpan;
    final boolean careMixes;
    final int[] maxWeek;
    final int[] maxDay;
    final boolean[][] comes;
    final int[] roomSeats;
    final boolean[][] roomOpen;
    final long budget;
    final int[][] patterns;
    final long[] patternMask;
    final long[][] leadPay;
    final long[][] carePay;
    final int[][] careRooms;
    final int[] minSize;
    final int[] maxSize;
    final int[] gradeSpan;
    final boolean[] mixesStages;
    final int[][] patternsOf;
    final int[][] roomsOf;
    final int[][] leadersOf;
    final int[] groupCourse;
    final int[] dutySlot;
    final int[] grade;
    final int[] maxClubs;
    final long[] usable;
    final long[] stays;
    final int[][] bonus;
    final int[] seatStudent;
    final int[] seatCourse;
    final int[] seatPoints;
    final int[] seatTeacher;
    /** Group indices of each course. */
    final List<List<Integer>> groupsOf = new ArrayList<>();
    /** Where to start: pattern, room and teacher of groups, supervisor and room of duties, group of seats. */
    final int[][] groupStart;
    final int[][] dutyStart;
    final int[] seatStart;

    private final StreamTokenizer in;

    Data(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            in = new StreamTokenizer(reader);
            slots = next();
            moments = next();
            weekday = new int[slots];
            momentsOf = new int[slots][];
            for (int k = 0; k < slots; k++) {
                weekday[k] = next();
                momentsOf[k] = list();
            }
            stage = list();
            careSize = next();
            careSpan = next();
            careMixes = next() == 1;
            int teachers = next();
            maxWeek = new int[teachers];
            maxDay = new int[teachers];
            comes = new boolean[teachers][];
            for (int t = 0; t < teachers; t++) {
                maxWeek[t] = next();
                maxDay[t] = next();
                comes[t] = flags(slots);
            }
            int rooms = next();
            roomSeats = new int[rooms];
            roomOpen = new boolean[rooms][];
            for (int r = 0; r < rooms; r++) {
                roomSeats[r] = next();
                roomOpen[r] = flags(slots);
            }
            long limit = nextLong();
            budget = limit < 0 ? Long.MAX_VALUE : limit;
            patterns = lists();
            patternMask = new long[patterns.length];
            for (int p = 0; p < patterns.length; p++) {
                for (int k : patterns[p]) {
                    patternMask[p] |= 1L << k;
                }
            }
            leadPay = table(patterns.length, teachers);
            carePay = table(slots, teachers);
            careRooms = lists();
            int courses = next();
            minSize = new int[courses];
            maxSize = new int[courses];
            gradeSpan = new int[courses];
            mixesStages = new boolean[courses];
            patternsOf = new int[courses][];
            roomsOf = new int[courses][];
            leadersOf = new int[courses][];
            for (int c = 0; c < courses; c++) {
                minSize[c] = next();
                maxSize[c] = next();
                gradeSpan[c] = next();
                mixesStages[c] = next() == 1;
                patternsOf[c] = list();
                roomsOf[c] = list();
                leadersOf[c] = list();
                groupsOf.add(new ArrayList<>());
            }
            int groups = next();
            groupCourse = new int[groups];
            groupStart = new int[groups][];
            for (int g = 0; g < groups; g++) {
                groupCourse[g] = next();
                groupStart[g] = new int[] {next(), next(), next()};
                groupsOf.get(groupCourse[g]).add(g);
            }
            int duties = next();
            dutySlot = new int[duties];
            dutyStart = new int[duties][];
            for (int d = 0; d < duties; d++) {
                dutySlot[d] = next();
                dutyStart[d] = new int[] {next(), next()};
            }
            int students = next();
            grade = new int[students];
            maxClubs = new int[students];
            usable = new long[students];
            stays = new long[students];
            bonus = new int[students][];
            for (int s = 0; s < students; s++) {
                grade[s] = next();
                maxClubs[s] = next();
                usable[s] = mask();
                stays[s] = mask();
                bonus[s] = list();
            }
            int seats = next();
            seatStudent = new int[seats];
            seatCourse = new int[seats];
            seatPoints = new int[seats];
            seatTeacher = new int[seats];
            seatStart = new int[seats];
            for (int w = 0; w < seats; w++) {
                seatStudent[w] = next();
                seatCourse[w] = next();
                seatPoints[w] = next();
                seatTeacher[w] = next();
                seatStart[w] = next();
            }
        }
    }

    private long nextLong() throws IOException {
        in.nextToken();
        return (long) in.nval;
    }

    private int next() throws IOException {
        return (int) nextLong();
    }

    private int[] list() throws IOException {
        int[] values = new int[next()];
        for (int n = 0; n < values.length; n++) {
            values[n] = next();
        }
        return values;
    }

    private int[][] lists() throws IOException {
        int[][] values = new int[next()][];
        for (int n = 0; n < values.length; n++) {
            values[n] = list();
        }
        return values;
    }

    private long[][] table(int rows, int columns) throws IOException {
        long[][] values = new long[rows][columns];
        for (long[] row : values) {
            for (int n = 0; n < columns; n++) {
                row[n] = nextLong();
            }
        }
        return values;
    }

    private long mask() throws IOException {
        long bits = 0;
        for (int k : list()) {
            bits |= 1L << k;
        }
        return bits;
    }

    private boolean[] flags(int count) throws IOException {
        long bits = mask();
        boolean[] values = new boolean[count];
        for (int n = 0; n < count; n++) {
            values[n] = (bits >> n & 1) == 1;
        }
        return values;
    }
}
