// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import dev.sortline.console.figures.Drift;
import dev.sortline.console.web.Refusal;
import dev.sortline.console.web.Role;
import dev.sortline.console.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** Answers with what the model is, what it was measured at and how its last hour compares with that. */
public final class ModelRoutes implements Routes {
    private final ModelFolder folder;
    private final DriftWatch watch;

    /**
     * @param folder the package that the lines decide by
     * @param watch hears what it answers
     */
    public ModelRoutes(ModelFolder folder, DriftWatch watch) {
        this.folder = folder;
        this.watch = watch;
    }

    /** What the page shows of the model. */
    private record ModelPage(ModelFacts model, List<Evaluation> evaluations, Drift drift) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/model", this::model, Role.VIEWER);
        routes.get("/api/model/card", this::card, Role.VIEWER);
    }

    private void model(Context request) {
        ModelFacts facts = folder.facts();
        List<Evaluation> evaluations = folder.evaluations();
        request.json(new ModelPage(facts, evaluations, watch.drift(facts.labels(), evaluations)));
    }

    private void card(Context request) {
        String card = folder.card().orElseThrow(() -> Refusal.NOT_FOUND.because("The model has no card."));
        request.contentType("text/html; charset=utf-8").result(CardPage.of(card));
    }
}
