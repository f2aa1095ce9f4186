import type { Account } from "../state/account.ts";
import type { Stage, User } from "../state/account-parts.ts";
import type { Contact, FieldValues, Incoming, Lead, State, Tag } from "../state/records.ts";
import { type Html, html, time } from "./html.ts";

const CARDS_PER_COLUMN = 50;

/** The pipeline as columns, the newest lead on top. */
export function board(state: State, { pipelines, users }: Account): Html {
  const stages = pipelines.flatMap(({ statuses }) => statuses);
  const present = [...state.leads.values()].filter((lead) => !lead.is_deleted);
  const incoming = state.oldestFirst.filter(({ outcome }) => outcome === "incoming").length;
  const counts = `${incoming} incoming, ${present.length - incoming} accepted, ${state.leads.size - present.length} declined`;

  return html`<div>
<h1 lang="ru">${pipelines.map(({ name }) => name).join(", ")}</h1>
<p class="counts" id="counts" data-live>${counts}</p>
</div>
<div class="columns" id="columns" role="group" aria-label="Pipeline" tabindex="0" data-live>${stages.map((stage) => column(state, users, present, stage))}</div>
${hookPanel(state)}`;
}

/** Where the account tells of changes: an address on this machine. */
function hookPanel({ hooks: [address = ""] }: State): Html {
  return html`<section class="panel" aria-labelledby="hook"><h2 id="hook">Webhook</h2>
<form method="post" action="/board/hook">
<input type="text" name="address" id="address" value="${address}" size="60" aria-label="Address" placeholder="http://127.0.0.1:3000/api/kommo/hooks/…">
<button id="save-hook">Save</button>
</form></section>`;
}

export function fieldRows(fields: FieldValues[]): Html[] {
  return fields.map(
    ({ field_name, field_id, values }) => html`<div>
<dt lang="ru">${field_name} <code>${field_id}</code></dt>
<dd>${values.map(valueWords)}</dd>
</div>`,
  );
}

export function tagList(tags: Tag[]): Html {
  return tags.length === 0
    ? html``
    : html`<ul class="tags" aria-label="Tags">${tags.map(({ name }) => html`<li>${name}</li>`)}</ul>`;
}

export function responsibleName(users: User[], id: number): string {
  return users.find((user) => user.id === id)?.name ?? "Nobody";
}

export function contactName(contact: Contact): string {
  return contact.name || "Contact without a name";
}

function valueWords({ value, enum_id, enum_code }: FieldValues["values"][number], index: number): Html {
  const words = typeof value === "object" ? JSON.stringify(value) : String(value);
  const choice = enum_code ?? enum_id;
  return html`${index > 0 ? ", " : ""}${words}${choice === undefined ? "" : html` <code>${choice}</code>`}`;
}

function column(state: State, users: User[], present: Lead[], stage: Stage): Html {
  const leads = present.filter((lead) => isIn(stage, lead)).reverse();
  const hidden = leads.length - CARDS_PER_COLUMN;
  const heading = `stage-${stage.pipeline_id}-${stage.id}`;

  return html`<section class="column" aria-labelledby="${heading}">
<h2 id="${heading}" class="stage-${stage.id}"><b lang="ru">${stage.name}</b> <span>${leads.length}</span></h2>
${leads.length === 0 ? html`<p class="empty">${emptyWords(stage)}</p>` : ""}
${leads.slice(0, CARDS_PER_COLUMN).map((lead) => card(state, users, lead))}
${hidden > 0 ? html`<p class="empty">and ${hidden} older</p>` : ""}
</section>`;
}

function isIn(stage: Stage, { status_id, pipeline_id }: Lead): boolean {
  return status_id === stage.id && pipeline_id === stage.pipeline_id;
}

function emptyWords(stage: Stage): string {
  return stage.type === 1 ? "Leads sent to this practice account appear here." : "No leads.";
}

function card(state: State, users: User[], lead: Lead): Html {
  const contact = state.contacts.get(lead.contact_id ?? 0);
  const incoming = state.incomingOfLead.get(lead.id);
  const fields = [...(contact?.custom_fields_values ?? []), ...lead.custom_fields_values];

  return html`<article class="card" aria-labelledby="lead-${lead.id}">
<h3><a id="lead-${lead.id}" href="/leads/detail/${lead.id}">${lead.name || "Lead without a name"}</a> <code>${lead.id}</code></h3>
${contact ? html`<p>${contactName(contact)} <code>${contact.id}</code></p>` : ""}
${fields.length > 0 ? html`<dl class="rows">${fieldRows(fields)}</dl>` : ""}
<p class="responsible">Responsible: ${responsibleName(users, lead.responsible_user_id)}</p>
${tagList([...lead.tags, ...(contact?.tags ?? [])])}
${incoming ? html`<p class="foot">${String(incoming.metadata.form_name)}, ${time(incoming.created_at)}</p>` : ""}
${incoming?.outcome === "incoming" ? buttons(incoming, lead) : ""}
</article>`;
}

function buttons({ uid }: Incoming, { name }: Lead): Html {
  return html`<form method="post">
<input type="hidden" name="uid" value="${uid}">
<button class="primary" id="accept-${uid}" formaction="/board/accept" aria-label="Accept ${name}">Accept</button>
<button id="decline-${uid}" formaction="/board/decline" aria-label="Decline ${name}">Decline</button>
</form>`;
}
