import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** A wish: the section of its course in which the student sits, or none. */
@PlanningEntity
public class Seat {
    @PlanningId
    public Integer id;

    @PlanningVariable(valueRangeProviderRefs = "groups", allowsUnassigned = true)
    public Integer group;

    @ValueRangeProvider(id = "groups")
    public List<Integer> groups;

    public Seat() {}

    Seat(int id, Data data) {
        this.id = id;
        groups = data.groupsOf.get(data.seatCourse[id]);
        group = Plan.orNull(data.seatStart[id]);
    }
}
