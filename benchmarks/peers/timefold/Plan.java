import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sections, base care and seats. */
@PlanningSolution
public class Plan {
    public Data data;

    @PlanningEntityCollectionProperty
    public List<Group> groups = new ArrayList<>();

    @PlanningEntityCollectionProperty
    public List<Duty> duties = new ArrayList<>();

    @PlanningEntityCollectionProperty
    public List<Seat> seats = new ArrayList<>();

    @PlanningScore
    public HardSoftLongScore score;

    public Plan() {}

    Plan(Data data) {
        this.data = data;
        for (int g = 0; g < data.groupCourse.length; g++) {
            groups.add(new Group(g, data));
        }
        List<List<Integer>> supervisors = new ArrayList<>();
        List<List<Integer>> rooms = new ArrayList<>();
        for (int k = 0; k < data.slots; k++) {
            List<Integer> people = new ArrayList<>();
            for (int t = 0; t < data.comes.length; t++) {
                if (data.carePay[k][t] >= 0 && data.comes[t][k]) {
                    people.add(t);
                }
            }
            supervisors.add(people);
            rooms.add(boxed(data.careRooms[k]));
        }
        for (int d = 0; d < data.dutySlot.length; d++) {
            int slot = data.dutySlot[d];
            duties.add(new Duty(d, data, supervisors.get(slot), rooms.get(slot)));
        }
        for (int w = 0; w < data.seatStudent.length; w++) {
            seats.add(new Seat(w, data));
        }
    }

    static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    static Integer orNull(int value) {
        return value < 0 ? null : value;
    }
}
