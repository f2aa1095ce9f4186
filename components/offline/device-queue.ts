import { hold, waitUntilFree } from "@/components/drafts/hold";
import { sendCorrection, sendLead } from "@/components/lead/send-lead";
import { callServer, toFailureCode } from "@/components/server/call-server";
import { tellStuckOnDevice } from "@/components/stuck/stuck-news";
import { anySchema, type DeviceLead, isOnlyHere } from "./device-lead";
import { changeKept, findKept, listKept } from "./device-store";
import { type Round, sendKept } from "./send-kept";

const EVERY_MS = 30_000;
/** As long as the server pauses a saved lead that is in a form: one forgotten there still leaves. */
const IN_FORM_MS = 10 * 60_000;
/** Without a connection a request ends at once; for one that hangs nobody waits. */
const SENDING_MS = 2000;
const CHANNEL = "lead-desk-on-device";
const NO_LEADS: DeviceLead[] = [];

type DeviceState = {
  leads: DeviceLead[];
  /** The last time the browser did not let them be read. */
  isUnreadable: boolean;
  sendingId?: string;
  isSignedOut: boolean;
};
type DeviceQueue = ReturnType<typeof createQueue>;

const queues = new Map<string, DeviceQueue>();

/** The leads of this person that wait on this device, as this tab knows them. */
export function getDeviceQueue(personId: string): DeviceQueue {
  const queue = queues.get(personId) ?? createQueue(personId);
  queues.set(personId, queue);
  return queue;
}

function createQueue(personId: string) {
  const { get, set, subscribe } = createState();
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(CHANNEL);
  /** Those that were read before stay in sight. */
  const refresh = () =>
    listKept(personId).then(
      (leads) => set({ leads, isUnreadable: false }),
      () => set({ isUnreadable: true }),
    );
  if (channel) channel.onmessage = ({ data }) => data === personId && void refresh();
  const tell = async () => {
    channel?.postMessage(personId);
    await refresh();
  };
  const change: Round["change"] = async (id, toChanged) => {
    await changeKept(personId, id, toChanged);
    await tell();
  };
  const awaited = new Set<string>();
  const sendOnceFree = async (name: string) => {
    if (awaited.has(name)) return;
    awaited.add(name);
    // A page that is being left is refused; another tab goes on.
    const isFree = await waitUntilFree(toLock(personId, name)).then(
      () => true,
      () => false,
    );
    awaited.delete(name);
    if (isFree) send();
  };
  const holdOrWait: Round["hold"] = async (name) => {
    const release = await hold(toLock(personId, name));
    if (!release) void sendOnceFree(name);
    return release;
  };
  const round = toRound(personId, { change, hold: holdOrWait, onSending: (sendingId) => set({ sendingId }) });
  const send = oneAtATime(async () => {
    await refresh();
    const isSignedOut = await sendKept(round).catch(() => undefined);
    if (isSignedOut !== undefined) set({ isSignedOut });
  });

  return {
    get,
    subscribe,
    send,
    tell,
    /** Also while it is on its way: then it is withdrawn afterwards. */
    undo: async (id: string) => {
      await change(id, (lead) => ({ ...lead, undone: "asked" }));
      send();
    },
    /** False while it is being sent, or open elsewhere. */
    discard: async (id: string): Promise<boolean> => {
      const release = await hold(toLock(personId, id), SENDING_MS);
      if (!release) return false;
      await change(id, () => undefined).finally(release);
      return true;
    },
    /** Nobody sends it until it is released. Undefined while it is being sent or open elsewhere, or once the server has it. */
    open: async (id: string) => {
      const release = await hold(toLock(personId, id), SENDING_MS);
      const lead = release && (await round.find(id).catch(() => undefined));
      if (!lead) {
        release?.();
        await refresh();
        return undefined;
      }
      const giveBack = () => {
        release();
        send();
      };
      setTimeout(release, IN_FORM_MS);
      return { lead, release: giveBack };
    },
  };
}

function createState() {
  let state: DeviceState = { leads: NO_LEADS, isUnreadable: false, isSignedOut: false };
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (change: Partial<DeviceState>) => {
      state = { ...state, ...change };
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function toRound(personId: string, ofQueue: Pick<Round, "change" | "hold" | "onSending">): Round {
  const toPath = (id: string) => `/api/leads/${id}/withdraw?author=${personId}`;
  return {
    list: () => listKept(personId),
    find: (id) => findKept(personId, id),
    ...ofQueue,
    send: ({ id, lead, corrects }) =>
      corrects
        ? sendCorrection({ ...anySchema.parse(lead), id, opened: corrects.opened }, personId)
        : sendLead(lead, personId),
    withdraw: (id) => toFailureCode(callServer({ route: { path: toPath(id) } })),
  };
}

const toLock = (personId: string, name: string) => `${CHANNEL}.${personId}.${name}`;

/** Asked for meanwhile, it runs once more: the connection may have come back while a request hangs that began without it. */
function oneAtATime(run: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  const start = async () => {
    isWanted = isRunning;
    if (isRunning) return;
    isRunning = true;
    await run();
    isRunning = false;
    if (isWanted) void start();
  };
  return () => void start();
}

const users = new Map<string, { count: number; stop: () => void }>();

/** Sends at once, when the connection or the person comes back, and every 30 s. Answers what ends it. */
export function startDeviceQueue(personId: string): () => void {
  const running = users.get(personId) ?? { count: 0, stop: start(getDeviceQueue(personId)) };
  running.count++;
  users.set(personId, running);
  return () => {
    running.count--;
    if (running.count > 0) return;
    running.stop();
    users.delete(personId);
  };
}

function start({ send, subscribe, get }: DeviceQueue): () => void {
  const stopListening = listen(send);
  const stopTelling = subscribe(() => tellStuckOnDevice(get().leads.filter(isOnlyHere).length));
  return () => {
    stopListening();
    stopTelling();
  };
}

function listen(send: () => void): () => void {
  const onReturn = () => document.visibilityState === "visible" && send();
  send();
  const timer = setInterval(send, EVERY_MS);
  addEventListener("online", send);
  addEventListener("focus", send);
  addEventListener("visibilitychange", onReturn);
  return () => {
    clearInterval(timer);
    removeEventListener("online", send);
    removeEventListener("focus", send);
    removeEventListener("visibilitychange", onReturn);
  };
}
