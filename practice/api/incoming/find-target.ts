import type { Switches } from "../../faults/switches.ts";
import type { Account } from "../../state/account.ts";
import { isJson, type Json, toList } from "../../state/json.ts";

/** The pipeline that an item asks for and the path of its key; the main pipeline when it asks for none. docs/kommo-api.md §1.1, §14 */
export function findTarget({ pipelines }: Account, { leadPipelineFallback }: Switches, item: Json) {
  const [lead] = isJson(item._embedded) ? toList(item._embedded.leads) : [];
  const own = item.pipeline_id === undefined && leadPipelineFallback ? lead?.pipeline_id : undefined;
  const wanted = item.pipeline_id ?? own;
  const target = pipelines.find(({ id, is_main }) => (wanted === undefined ? is_main : id === wanted));
  return { target, path: own === undefined ? "pipeline_id" : "_embedded.leads.0.pipeline_id" };
}
