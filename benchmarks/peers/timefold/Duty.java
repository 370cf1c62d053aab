import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** A base-care group that there may be at a slot: its supervisor and its room, or neither. */
@PlanningEntity
public class Duty {
    @PlanningId
    public Integer id;

    @PlanningVariable(valueRangeProviderRefs = "supervisors", allowsUnassigned = true)
    public Integer supervisor;

    @PlanningVariable(valueRangeProviderRefs = "careRooms", allowsUnassigned = true)
    public Integer room;

    @ValueRangeProvider(id = "supervisors")
    public List<Integer> supervisors;

    @ValueRangeProvider(id = "careRooms")
    public List<Integer> rooms;

    public Duty() {}

    Duty(int id, Data data, List<Integer> supervisors, List<Integer> rooms) {
        this.id = id;
        this.supervisors = supervisors;
        this.rooms = rooms;
        supervisor = Plan.orNull(data.dutyStart[id][0]);
        room = Plan.orNull(data.dutyStart[id][1]);
    }
}
