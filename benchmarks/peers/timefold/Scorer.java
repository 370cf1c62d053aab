import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;

/**
 * The score, kept up to date change by change, which is the fastest way that Timefold offers.
 *
 * <p>Soft: 100 times the points of all seats in sections that are held, and the bonus for first and
 * second seats. A section is held if at least its minimum are in it; one that is not yet counts its
 * seats in part, so that the search finds its way there, and takes neither staff nor room.
 *
 * <p>Hard, each counted as often as it is broken: a student in two places or where he cannot be, in
 * too many clubs, or not with the teacher he asked for; sections over their size or with grades too
 * far apart; people and rooms in two places or not available, people over their periods; slots with
 * fewer supervisors or rooms than base care needs groups; pay over the budget.
 */
public class Scorer implements IncrementalScoreCalculator<Plan, HardSoftLongScore> {
    private static final int STAFF = 3;
    private static final int CARE = 5;
    private static final long FEN = 50_000;

    private Data data;
    private long hard;
    private long soft;
    private long pay;
    private int[] pattern;
    private int[] room;
    private int[] teacher;
    private int[] count;
    private long[] points;
    private int[][] members;
    private int[][] gradeCount;
    private int[] place;
    private int[] seatGroup;
    private int[][] studentAt;
    private int[] clubs;
    private int[] held;
    private int[][] teacherAt;
    private int[] week;
    private int[][] day;
    private int[][] roomAt;
    private int[][] waiting;
    private int[] supervisors;
    private int[] careRooms;
    private long[] careCost;
    private long stale;
    private int[] dutyPerson;
    private int[] dutyRoom;
    private int[] spare;

    @Override
    public void resetWorkingSolution(Plan plan) {
        data = plan.data;
        hard = soft = pay = 0;
        int groups = data.groupCourse.length;
        int students = data.grade.length;
        int grades = data.stage.length;
        pattern = filled(groups);
        room = filled(groups);
        teacher = filled(groups);
        count = new int[groups];
        points = new long[groups];
        members = new int[groups][8];
        gradeCount = new int[groups][grades];
        place = new int[data.seatStudent.length];
        seatGroup = filled(data.seatStudent.length);
        studentAt = new int[students][data.moments];
        clubs = new int[students];
        held = new int[students];
        teacherAt = new int[data.comes.length][data.moments];
        week = new int[data.comes.length];
        day = new int[data.comes.length][8];
        roomAt = new int[data.roomSeats.length][data.moments];
        waiting = new int[data.slots][grades];
        supervisors = new int[data.slots];
        careRooms = new int[data.slots];
        careCost = new long[data.slots];
        dutyPerson = filled(data.dutySlot.length);
        dutyRoom = filled(data.dutySlot.length);
        spare = new int[grades];
        stale = (1L << data.slots) - 1;
        for (int s = 0; s < students; s++) {
            for (int k = 0; k < data.slots; k++) {
                if ((data.stays[s] >> k & 1) == 1) {
                    waiting[k][data.grade[s]]++;
                }
            }
        }
        for (Group group : plan.groups) {
            read(group);
        }
        for (Duty duty : plan.duties) {
            setPerson(duty.id, number(duty.supervisor));
            setRoom(duty.id, number(duty.room));
        }
        for (Seat seat : plan.seats) {
            seat(seat.id, number(seat.group));
        }
    }

    private static int[] filled(int length) {
        int[] values = new int[length];
        java.util.Arrays.fill(values, -1);
        return values;
    }

    private static int number(Integer value) {
        return value == null ? -1 : value;
    }

    @Override
    public void beforeVariableChanged(Object entity, String variable) {
        if (entity instanceof Group group) {
            withdraw(group.id);
        }
    }

    @Override
    public void afterVariableChanged(Object entity, String variable) {
        if (entity instanceof Group group) {
            read(group);
        } else if (entity instanceof Seat seat) {
            seat(seat.id, number(seat.group));
        } else if (entity instanceof Duty duty) {
            if (variable.equals("room")) {
                setRoom(duty.id, number(duty.room));
            } else {
                setPerson(duty.id, number(duty.supervisor));
            }
        }
    }

    /** Take back all that depends on a section's time, room and teacher. */
    private void withdraw(int g) {
        if (isHeld(g)) {
            use(g, -1);
            for (int n = 0; n < count[g]; n++) {
                attend(members[g][n], -1);
            }
        }
        for (int n = 0; n < count[g]; n++) {
            present(members[g][n], -1);
        }
        weigh(g, -1);
        pattern[g] = room[g] = teacher[g] = -1;
        weigh(g, 1);
    }

    /** Take a section's time, room and teacher over; before, it had none. */
    private void read(Group group) {
        int g = group.id;
        weigh(g, -1);
        pattern[g] = number(group.pattern);
        room[g] = number(group.room);
        teacher[g] = number(group.teacher);
        weigh(g, 1);
        for (int n = 0; n < count[g]; n++) {
            present(members[g][n], 1);
        }
        if (isHeld(g)) {
            use(g, 1);
            for (int n = 0; n < count[g]; n++) {
                attend(members[g][n], 1);
            }
        }
    }

    private boolean isHeld(int g) {
        return pattern[g] >= 0 && count[g] >= data.minSize[data.groupCourse[g]];
    }

    /** Add or take off what a section costs or brings by its own size and grades. */
    private void weigh(int g, int sign) {
        if (count[g] == 0) {
            return;
        }
        int c = data.groupCourse[g];
        int most = data.maxSize[c];
        if (room[g] >= 0) {
            most = Math.min(most, data.roomSeats[room[g]]);
        }
        int low = -1;
        int high = -1;
        boolean mixed = false;
        for (int grade = 0; grade < data.stage.length; grade++) {
            if (gradeCount[g][grade] > 0) {
                mixed |= low >= 0 && data.stage[grade] != data.stage[high];
                low = low < 0 ? grade : low;
                high = grade;
            }
        }
        int wrong = Math.max(0, count[g] - most) + Math.max(0, high - low + 1 - data.gradeSpan[c]);
        wrong += mixed && !data.mixesStages[c] ? 1 : 0;
        hard -= (long) sign * wrong;
        soft += sign * (isHeld(g) ? 100 * points[g] : 50 * points[g] * count[g] / data.minSize[c]);
    }

    /** Put a seat into another section, or none. */
    private void seat(int w, int to) {
        int from = seatGroup[w];
        if (from >= 0) {
            leave(w, from);
        }
        seatGroup[w] = to;
        if (to >= 0) {
            join(w, to);
        }
    }

    private void join(int w, int g) {
        boolean was = isHeld(g);
        weigh(g, -1);
        if (count[g] == members[g].length) {
            members[g] = java.util.Arrays.copyOf(members[g], 2 * count[g]);
        }
        place[w] = count[g];
        members[g][count[g]++] = w;
        points[g] += data.seatPoints[w];
        gradeCount[g][data.grade[data.seatStudent[w]]]++;
        weigh(g, 1);
        member(w, 1);
        present(w, 1);
        if (was) {
            attend(w, 1);
        } else if (isHeld(g)) {
            use(g, 1);
            for (int n = 0; n < count[g]; n++) {
                attend(members[g][n], 1);
            }
        }
    }

    private void leave(int w, int g) {
        boolean was = isHeld(g);
        if (was) {
            attend(w, -1);
        }
        present(w, -1);
        member(w, -1);
        weigh(g, -1);
        int last = members[g][--count[g]];
        members[g][place[w]] = last;
        place[last] = place[w];
        points[g] -= data.seatPoints[w];
        gradeCount[g][data.grade[data.seatStudent[w]]]--;
        weigh(g, 1);
        if (was && !isHeld(g)) {
            use(g, -1);
            for (int n = 0; n < count[g]; n++) {
                attend(members[g][n], -1);
            }
        }
    }

    /** Count a student's clubs against the number he wants. */
    private void member(int w, int sign) {
        int s = data.seatStudent[w];
        hard += Math.max(0, clubs[s] - data.maxClubs[s]);
        clubs[s] += sign;
        hard -= Math.max(0, clubs[s] - data.maxClubs[s]);
    }

    /** Let a student be, or no longer be, where his section meets. */
    private void present(int w, int sign) {
        int g = seatGroup[w];
        if (pattern[g] < 0) {
            return;
        }
        int s = data.seatStudent[w];
        hard -= (long) sign * Long.bitCount(data.patternMask[pattern[g]] & ~data.usable[s]);
        if (data.seatTeacher[w] >= 0 && data.seatTeacher[w] != teacher[g]) {
            hard -= sign;
        }
        for (int k : data.patterns[pattern[g]]) {
            for (int m : data.momentsOf[k]) {
                hard -= occupy(studentAt[s], m, sign);
            }
        }
    }

    /** Count one more, or one fewer, at a moment; give by how much more than one that makes it. */
    private static int occupy(int[] at, int moment, int sign) {
        int before = Math.max(0, at[moment] - 1);
        at[moment] += sign;
        return Math.max(0, at[moment] - 1) - before;
    }

    /** Let a seat count: its student is not in base care, and gets the bonus of one more club. */
    private void attend(int w, int sign) {
        int s = data.seatStudent[w];
        for (int k : data.patterns[pattern[seatGroup[w]]]) {
            if ((data.stays[s] >> k & 1) == 1) {
                waiting[k][data.grade[s]] -= sign;
                stale |= 1L << k;
            }
        }
        soft -= bonus(s);
        held[s] += sign;
        soft += bonus(s);
    }

    private long bonus(int s) {
        return 100L * data.bonus[s][Math.min(held[s], 2)];
    }

    /** Take, or give back, a section's teacher and room and what it costs. */
    private void use(int g, int sign) {
        int[] meets = data.patterns[pattern[g]];
        if (teacher[g] >= 0) {
            for (int k : meets) {
                work(teacher[g], k, sign);
            }
            pay(sign * data.leadPay[pattern[g]][teacher[g]]);
        }
        if (room[g] >= 0) {
            for (int k : meets) {
                open(room[g], k, sign);
            }
        }
    }

    private void work(int t, int k, int sign) {
        for (int m : data.momentsOf[k]) {
            hard -= STAFF * occupy(teacherAt[t], m, sign);
        }
        hard -= data.comes[t][k] ? 0 : sign * STAFF;
        int d = data.weekday[k];
        hard += Math.max(0, week[t] - data.maxWeek[t]) + Math.max(0, day[t][d] - data.maxDay[t]);
        week[t] += sign;
        day[t][d] += sign;
        hard -= Math.max(0, week[t] - data.maxWeek[t]) + Math.max(0, day[t][d] - data.maxDay[t]);
    }

    private void open(int r, int k, int sign) {
        for (int m : data.momentsOf[k]) {
            hard -= STAFF * occupy(roomAt[r], m, sign);
        }
        hard -= data.roomOpen[r][k] ? 0 : sign * STAFF;
    }

    private void pay(long more) {
        hard += over();
        pay += more;
        hard -= over();
    }

    private long over() {
        return pay <= data.budget ? 0 : 1 + (pay - data.budget) / FEN;
    }

    private void setPerson(int d, int person) {
        int k = data.dutySlot[d];
        if (dutyPerson[d] >= 0) {
            work(dutyPerson[d], k, -1);
            pay(-data.carePay[k][dutyPerson[d]]);
            supervisors[k]--;
        }
        dutyPerson[d] = person;
        if (person >= 0) {
            work(person, k, 1);
            pay(data.carePay[k][person]);
            supervisors[k]++;
        }
        stale |= 1L << k;
    }

    private void setRoom(int d, int to) {
        int k = data.dutySlot[d];
        if (dutyRoom[d] >= 0) {
            open(dutyRoom[d], k, -1);
            careRooms[k]--;
        }
        dutyRoom[d] = to;
        if (to >= 0) {
            open(to, k, 1);
            careRooms[k]++;
        }
        stale |= 1L << k;
    }

    @Override
    public HardSoftLongScore calculateScore() {
        for (; stale != 0; stale &= stale - 1) {
            int k = Long.numberOfTrailingZeros(stale);
            int groups = groups(k);
            hard += careCost[k];
            careCost[k] = (long) CARE
                    * (Math.max(0, groups - supervisors[k]) + Math.max(0, groups - careRooms[k]));
            hard -= careCost[k];
        }
        return HardSoftLongScore.of(hard, soft);
    }

    /** Count the care groups that a slot needs: what is free in one goes to the next grades first. */
    private int groups(int k) {
        int groups = 0;
        java.util.Arrays.fill(spare, 0);
        for (int grade = 0; grade < spare.length; grade++) {
            int left = Math.max(0, waiting[k][grade]);
            for (int low = Math.max(0, grade - data.careSpan + 1); low < grade; low++) {
                if (data.careMixes || data.stage[low] == data.stage[grade]) {
                    int taken = Math.min(left, spare[low]);
                    spare[low] -= taken;
                    left -= taken;
                }
            }
            int more = (left + data.careSize - 1) / data.careSize;
            spare[grade] = more * data.careSize - left;
            groups += more;
        }
        return groups;
    }

    @Override
    public void beforeEntityAdded(Object entity) {}

    @Override
    public void afterEntityAdded(Object entity) {}

    @Override
    public void beforeEntityRemoved(Object entity) {}

    @Override
    public void afterEntityRemoved(Object entity) {}
}
