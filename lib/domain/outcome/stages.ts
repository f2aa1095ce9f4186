import type { Pipeline } from "@/lib/domain/mapping/catalogue";

/** A stage has its id within its pipeline: won and lost have the same ones everywhere (docs/kommo-api.md §3). */
export type StageId = { pipelineId: number; stageId: number };

export type StageKind = Pipeline["stages"][number]["kind"];

export type KnownStage = { name: string; color: string; kind: StageKind };

/** The stages of an account, as its catalogue lists them. */
export type Stages = ReadonlyMap<string, KnownStage>;

const WON = 142;
const LOST = 143;

export function toStages(pipelines: readonly Pick<Pipeline, "id" | "stages">[]): Stages {
  return new Map(
    pipelines.flatMap(({ id: pipelineId, stages }) =>
      stages.map(({ id, name, color, kind }) => [toKey({ pipelineId, stageId: id }), { name, color, kind }]),
    ),
  );
}

export function findStage(stages: Stages, stage: StageId): KnownStage | undefined {
  return stages.get(toKey(stage));
}

/** The stage of a lead's row, which may have none. */
export function findPlace(
  stages: Stages,
  { pipeline_id, stage_id }: { pipeline_id: number | null; stage_id: number | null },
): KnownStage | undefined {
  if (pipeline_id === null || stage_id === null) return undefined;
  return findStage(stages, { pipelineId: pipeline_id, stageId: stage_id });
}

/** Undefined for a stage that is not listed yet, unless its id says what it is. */
export function findStageKind(stages: Stages, stage: StageId): StageKind | undefined {
  if (stage.stageId === WON) return "won";
  return stage.stageId === LOST ? "lost" : findStage(stages, stage)?.kind;
}

function toKey({ pipelineId, stageId }: StageId): string {
  return `${pipelineId} ${stageId}`;
}
