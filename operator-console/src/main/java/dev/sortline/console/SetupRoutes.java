// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.console.model.ModelFacts;
import dev.sortline.console.model.ModelFolder;
import dev.sortline.console.web.Role;
import dev.sortline.console.web.Routes;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BilingualText;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.sorting.SortingPlan;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers with what the lines, plans and models are that the page speaks of. Plans are told as they are in force at that moment. */
final class SetupRoutes implements Routes {
    private final ConsoleSettings settings;

    SetupRoutes(ConsoleSettings settings) {
        this.settings = settings;
    }

    private record Setup(
            List<LineSetup> lines,
            @Nullable String trialLine,
            List<PlanSetup> plans,
            Model model,
            @Nullable Model shadow,
            List<ShiftSetup> shifts,
            int maxUploadBytes,
            int maxUploadPixels) {}

    private record LineSetup(String id, String plan, int framesPerItem, boolean trial, Belt belt) {
        static LineSetup of(Line line, boolean trial) {
            return new LineSetup(
                    line.id(), line.plan().edition().name(), line.framesPerItem(), trial, Belt.of(line.belt()));
        }
    }

    private record Belt(
            double speedMetresPerSecond, String residualLane, List<Camera> cameras, List<Ejector> ejectors) {
        static Belt of(BeltGeometry belt) {
            Map<String, BeltGeometry.Camera> cameras = belt.cameras() == null ? Map.of() : belt.cameras();
            return new Belt(
                    belt.speedMetresPerSecond(),
                    belt.residualLane(),
                    cameras.entrySet().stream()
                            .map(each ->
                                    new Camera(each.getKey(), each.getValue().distanceMetres()))
                            .sorted(Comparator.comparingDouble(Camera::distanceMetres)
                                    .thenComparing(Camera::id))
                            .toList(),
                    belt.ejectors().entrySet().stream()
                            .map(each -> Ejector.of(each.getKey(), each.getValue()))
                            .sorted(Comparator.comparingDouble(Ejector::distanceMetres)
                                    .thenComparing(Ejector::lane))
                            .toList());
        }
    }

    private record Camera(String id, double distanceMetres) {}

    private record Ejector(String lane, int number, double distanceMetres, long actuatorDelayMillis) {
        static Ejector of(String lane, BeltGeometry.Ejector ejector) {
            return new Ejector(lane, ejector.number(), ejector.distanceMetres(), ejector.actuatorDelayMillis());
        }
    }

    private record PlanSetup(
            String name,
            String edition,
            String fallback,
            boolean fits,
            List<String> missing,
            List<FractionSetup> fractions) {
        static PlanSetup of(PlanEdition edition, List<String> labels) {
            SortingPlan plan = edition.plan();
            List<String> missing = plan.fractions().values().stream()
                    .flatMap(fraction -> fraction.labels().stream())
                    .filter(label -> !labels.contains(label))
                    .toList();
            return new PlanSetup(
                    edition.name(),
                    edition.edition(),
                    plan.fallback(),
                    missing.isEmpty(),
                    missing,
                    plan.fractions().entrySet().stream()
                            .map(each -> FractionSetup.of(each.getKey(), each.getValue()))
                            .toList());
        }
    }

    private record FractionSetup(
            String id,
            BilingualText name,
            BilingualText advice,
            String lane,
            List<String> labels,
            double leastConfidence,
            double leastGap) {
        static FractionSetup of(String id, SortingPlan.Fraction fraction) {
            return new FractionSetup(
                    id,
                    fraction.name(),
                    fraction.advice(),
                    fraction.lane(),
                    fraction.labels(),
                    fraction.leastConfidence(),
                    fraction.leastGap());
        }
    }

    private record Model(@Nullable String name, @Nullable String version, List<String> labels) {
        static Model of(ModelFacts facts) {
            return new Model(facts.name(), facts.version(), facts.labels());
        }
    }

    private record ShiftSetup(String name, String from, String to) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/setup", this::tell, Role.VIEWER);
    }

    private void tell(Context request) {
        ModelFacts model = new ModelFolder(settings.model()).facts();
        request.json(new Setup(
                settings.lines().values().stream()
                        .map(line -> LineSetup.of(
                                line,
                                settings.trialLine().filter(line.id()::equals).isPresent()))
                        .toList(),
                settings.trialLine().orElse(null),
                settings.plans().stream()
                        .map(PlanInForce::edition)
                        .map(edition -> PlanSetup.of(edition, model.labels()))
                        .toList(),
                Model.of(model),
                settings.shadow()
                        .map(folder -> Model.of(new ModelFolder(folder).facts()))
                        .orElse(null),
                settings.shifts().entrySet().stream()
                        .map(each -> new ShiftSetup(
                                each.getKey(),
                                each.getValue().from(),
                                each.getValue().to()))
                        .toList(),
                ImageBounds.DEFAULT.maxBytes(),
                ImageBounds.DEFAULT.maxPixels()));
    }
}
