import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.MoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.CartesianProductMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.RuinRecreateMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.value.ValueSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchType;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Arguments: school, answer, mark of the start, seconds, seed, threads, and "check" to have each step
 * of the score compared with a fresh one. The free edition solves in one thread; so each thread
 * solves the whole with a seed of its own, and the best counts.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        Data data = new Data(Path.of(args[0]));
        Files.createFile(Path.of(args[2]));
        Duration time = Duration.ofMillis((long) (1000 * Double.parseDouble(args[3])));
        int threads = Integer.parseInt(args[5]);
        boolean check = args.length > 6 && args[6].equals("check");
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Plan>> runs = new ArrayList<>();
        for (int n = 0; n < threads; n++) {
            Solver<Plan> solver = solver(time, Long.parseLong(args[4]) * threads + n, check);
            runs.add(pool.submit(() -> solver.solve(new Plan(data))));
        }
        Plan best = null;
        for (Future<Plan> run : runs) {
            Plan plan = run.get();
            best = best == null || plan.score.compareTo(best.score) > 0 ? plan : best;
        }
        pool.shutdown();
        write(best, Path.of(args[1]));
    }

    private static Solver<Plan> solver(Duration time, long seed, boolean check) {
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Plan.class)
                .withEntityClasses(Group.class, Duty.class, Seat.class)
                .withEnvironmentMode(check ? EnvironmentMode.FULL_ASSERT : EnvironmentMode.NO_ASSERT)
                .withRandomSeed(seed)
                .withTerminationSpentLimit(time)
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(Scorer.class))
                .withPhases(new LocalSearchPhaseConfig()
                        .withLocalSearchType(LocalSearchType.LATE_ACCEPTANCE)
                        .withMoveSelectorConfig(moves()));
        return SolverFactory.<Plan>create(config).buildSolver();
    }

    /** The weights did best among some tried on a school of 300 students. */
    private static MoveSelectorConfig<?> moves() {
        return new UnionMoveSelectorConfig()
                .withMoveSelectors(
                        weighted(change(Seat.class, "group"), 12.0),
                        weighted(swap(Seat.class), 0.5),
                        weighted(reseat(), 0.02),
                        weighted(change(Group.class, "pattern"), 0.5),
                        weighted(change(Group.class, "room"), 0.5),
                        weighted(change(Group.class, "teacher"), 0.5),
                        weighted(retime(), 1.0),
                        weighted(swap(Group.class), 0.5),
                        weighted(change(Duty.class, "supervisor"), 1.0),
                        weighted(change(Duty.class, "room"), 1.0));
    }

    private static MoveSelectorConfig<?> weighted(MoveSelectorConfig<?> moves, double weight) {
        moves.setFixedProbabilityWeight(weight);
        return moves;
    }

    private static ChangeMoveSelectorConfig change(Class<?> entity, String variable) {
        return new ChangeMoveSelectorConfig()
                .withEntitySelectorConfig(new EntitySelectorConfig().withEntityClass(entity))
                .withValueSelectorConfig(new ValueSelectorConfig().withVariableName(variable));
    }

    private static SwapMoveSelectorConfig swap(Class<?> entity) {
        return new SwapMoveSelectorConfig()
                .withEntitySelectorConfig(new EntitySelectorConfig().withEntityClass(entity));
    }

    /** Take some seats out and put them back one by one where they fit best. */
    private static MoveSelectorConfig<?> reseat() {
        return new RuinRecreateMoveSelectorConfig()
                .withEntitySelectorConfig(new EntitySelectorConfig().withEntityClass(Seat.class))
                .withVariableName("group")
                .withMinimumRuinedCount(5)
                .withMaximumRuinedCount(20);
    }

    /** Change time, room and teacher of a section at once. */
    private static MoveSelectorConfig<?> retime() {
        EntitySelectorConfig one = new EntitySelectorConfig().withId("one").withEntityClass(Group.class);
        return new CartesianProductMoveSelectorConfig()
                .withMoveSelectors(
                        changeOf(one, "pattern"),
                        changeOf(EntitySelectorConfig.newMimicSelectorConfig("one"), "room"),
                        changeOf(EntitySelectorConfig.newMimicSelectorConfig("one"), "teacher"));
    }

    private static ChangeMoveSelectorConfig changeOf(EntitySelectorConfig entity, String variable) {
        return new ChangeMoveSelectorConfig()
                .withEntitySelectorConfig(entity)
                .withValueSelectorConfig(new ValueSelectorConfig().withVariableName(variable));
    }

    private static void write(Plan plan, Path file) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println(plan.score);
            for (Group group : plan.groups) {
                out.println(group.pattern + " " + group.room + " " + group.teacher);
            }
            for (Seat seat : plan.seats) {
                out.println(seat.group == null ? -1 : seat.group);
            }
        }
    }
}
