// What a dashboard of ours may say, by Grafana's own types.
import type { AnnotationQuery, DataQuery, Dashboard, FieldConfig, Panel } from '@grafana/schema';
import type * as heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as states from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as series from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** As JSON has it: a word in the place of an enum's value. */
type Plain<T> = T extends string ? `${T}` : T extends (infer E)[] ? Plain<E>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;

/** What is left out has its default. */
type Some<T> = T extends (infer E)[] ? E[] : T extends object ? { [K in keyof T]?: Some<T[K]> } : T;

/** Prometheus' queries are typed by its plugin, which the package has not. */
type Query = Plain<DataQuery> & {
  expr: string;
  legendFormat: string;
  range: true;
  editorMode: 'code';
  exemplar?: true;
  format?: 'heatmap';
};

type PanelOf<Kind, Options, Custom> = Omit<Plain<Panel>, 'type' | 'targets' | 'options' | 'fieldConfig'> & {
  id: number;
  type: Kind;
  title: string;
  description: string;
  targets: Query[];
  options: Some<Plain<Options>>;
  fieldConfig: { defaults: Omit<Plain<FieldConfig>, 'custom'> & { custom?: Some<Plain<Custom>> }; overrides: never[] };
};

type Annotation = Omit<Plain<AnnotationQuery>, 'target'> & {
  target: Plain<DataQuery> & { expr: string; interval: string };
  titleFormat: string;
  textFormat: string;
  tagKeys: string;
};

export type OurDashboard = Omit<Plain<Dashboard>, 'panels' | 'annotations'> & {
  uid: string;
  annotations: { list: Annotation[] };
  panels: (
    | PanelOf<'stat', stat.Options, never>
    | PanelOf<'timeseries', series.Options, series.FieldConfig>
    | PanelOf<'state-timeline', states.Options, states.FieldConfig>
    | PanelOf<'heatmap', heatmap.Options, heatmap.FieldConfig>
  )[];
};
