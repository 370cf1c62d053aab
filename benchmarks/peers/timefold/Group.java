import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** A section that a course may have. It is held if enough students are in it, else nothing is taken. */
@PlanningEntity
public class Group {
    @PlanningId
    public Integer id;

    @PlanningVariable(valueRangeProviderRefs = "patterns")
    public Integer pattern;

    @PlanningVariable(valueRangeProviderRefs = "rooms")
    public Integer room;

    @PlanningVariable(valueRangeProviderRefs = "leaders")
    public Integer teacher;

    @ValueRangeProvider(id = "patterns")
    public List<Integer> patterns;

    @ValueRangeProvider(id = "rooms")
    public List<Integer> rooms;

    @ValueRangeProvider(id = "leaders")
    public List<Integer> leaders;

    public Group() {}

    Group(int id, Data data) {
        int course = data.groupCourse[id];
        this.id = id;
        patterns = Plan.boxed(data.patternsOf[course]);
        rooms = Plan.boxed(data.roomsOf[course]);
        leaders = Plan.boxed(data.leadersOf[course]);
        pattern = data.groupStart[id][0];
        room = data.groupStart[id][1];
        teacher = data.groupStart[id][2];
    }
}
