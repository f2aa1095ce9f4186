import type { Account } from "../state/account.ts";
import type { Contact, Incoming, Lead, State } from "../state/records.ts";
import { contactName, fieldRows, responsibleName, tagList } from "./board.ts";
import { type Html, html, time } from "./html.ts";

/** One lead as Kommo shows it at /leads/detail/{id}, or undefined when there is none. */
export function leadPage(
  state: State,
  account: Account,
  id: string,
): { title: string; main: Html } | undefined {
  const lead = state.leads.get(Number(id));
  if (!lead) return undefined;
  const contact = state.contacts.get(lead.contact_id ?? 0);
  const incoming = state.incomingOfLead.get(lead.id);
  const title = lead.name || "Lead without a name";

  return {
    title,
    main: html`<div class="story" id="lead" data-live>
<p><a id="back" href="/">Back to the board</a></p>
<h1>${title}</h1>
${lead.is_deleted ? html`<p class="chip">Declined</p>` : html`<p class="chip" lang="ru">${stageName(account, lead)}</p>`}
${leadPanel(account, lead)}
${isOpen(incoming, lead) ? movePanel(account, lead) : ""}
${contact ? contactPanel(account, contact) : ""}
${incoming ? originPanel(incoming) : ""}
</div>`,
  };
}

function leadPanel({ users }: Account, lead: Lead): Html {
  return html`<section class="panel" aria-labelledby="about-lead"><h2 id="about-lead">Lead</h2>
<dl class="rows">
${row("ID", lead.id)}
${row("Price", `${lead.price.toLocaleString("en-GB")} ₽`)}
${row("Responsible", responsibleName(users, lead.responsible_user_id))}
${fieldRows(lead.custom_fields_values)}
</dl>${tagList(lead.tags)}</section>`;
}

function isOpen(incoming: Incoming | undefined, lead: Lead): boolean {
  return !lead.is_deleted && incoming?.outcome !== "incoming";
}

/** What a person does with an accepted lead: into another stage; a lost one has a reason. */
function movePanel({ pipelines, lossReasons }: Account, lead: Lead): Html {
  const pipeline = pipelines.find(({ id }) => id === lead.pipeline_id);
  const stages = pipeline?.statuses.filter(({ type, id }) => type === 0 && id !== lead.status_id) ?? [];
  return html`<section class="panel" aria-labelledby="move"><h2 id="move">Move to another stage</h2>
<form method="post" action="/board/move">
<input type="hidden" name="lead" value="${lead.id}">
<select name="reason" id="reason" aria-label="Reason, if it is lost"><option value="">No reason</option>${lossReasons.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select>
${stages.map(({ id, name }) => html`<button name="stage" value="${id}" id="stage-${id}" lang="ru">${name}</button>`)}
</form></section>`;
}

function contactPanel({ users }: Account, contact: Contact): Html {
  return html`<section class="panel" aria-labelledby="about-contact"><h2 id="about-contact">Contact</h2>
<dl class="rows">
${row("ID", contact.id)}
${row("Name", contactName(contact))}
${row("Responsible", responsibleName(users, contact.responsible_user_id))}
${row("In the contact list", contact.is_unsorted ? "No, until the lead is accepted" : "Yes")}
${fieldRows(contact.custom_fields_values)}
</dl>${tagList(contact.tags)}</section>`;
}

function originPanel({
  source_name,
  source_uid,
  uid,
  created_at,
  received_at,
  metadata,
  item,
}: Incoming): Html {
  return html`<section class="panel" aria-labelledby="about-origin"><h2 id="about-origin">Where it came from</h2>
<dl class="rows">
${row("Source", source_name)}
${row("Source uid", source_uid)}
${row("Incoming lead uid", uid)}
${row("Created", time(created_at))}
${row("Received", time(Math.floor(received_at / 1000)))}
${Object.entries(metadata).map(([key, value]) => row(key, String(value)))}
</dl></section>
<details><summary id="as-posted">As it was posted</summary><pre tabindex="0">${JSON.stringify(item, null, 2)}</pre></details>`;
}

function row(name: string, value: string | number | Html): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function stageName({ pipelines }: Account, lead: Lead): string {
  const stages = pipelines.flatMap(({ statuses }) => statuses);
  return stages.find(({ id }) => id === lead.status_id)?.name ?? "";
}
