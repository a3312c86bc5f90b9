import { isRecord } from "./json.ts";
import type { Runtime, Socket, SocketHandlers } from "./runtime.ts";

type OpenSocket = NonNullable<Runtime["openSocket"]>;

interface User {
  readonly client: object;
  readonly on: SocketHandlers;
  /** The numbers of its subscriptions on the shared socket, by its own numbers. */
  readonly ids: Map<number, number>;
}

interface Shared {
  readonly url: string;
  readonly has: (client: object) => boolean;
  readonly join: (client: object, on: SocketHandlers) => Socket;
}

/**
 * Several clients on one socket: each sees sockets of its own. Nobody joins a socket that someone has left or that the server
 * asked to leave, as it may be dead or about to be, or a socket of its own: who asks for a second one doubts the first.
 *
 * @returns what opens sockets for one more client
 */
export function shareSockets(openSocket: OpenSocket): () => OpenSocket {
  let joinable: Shared | undefined;

  function openShared(url: string): Shared {
    const users = new Set<User>();
    const owners = new Map<number, { readonly user: User; readonly id: number }>();
    let lastId = 0;
    let isOpen = false;
    let isKnown = false;
    const leave = () => {
      if (joinable === shared) joinable = undefined;
    };

    const socket = openSocket(url, {
      open() {
        isOpen = true;
        for (const { on } of users) on.open();
      },
      text(message) {
        if (message === "PING") socket.send("PONG");
        else forward(message);
      },
      closed(end) {
        leave();
        for (const { on } of users) on.closed(end);
      },
    });

    function forward(message: string): void {
      // By its beginning, as snapshots are too long to be read twice; servers write the number first.
      const [start, number] = /^\{"id":(\d+)/.exec(message) ?? [];
      if (start === undefined) {
        if (message.includes('"reconnect"')) leave();
        for (const { on } of users) on.text(message);
        return;
      }
      const owner = owners.get(Number(number));
      owner?.user.on.text(`{"id":${owner.id}${message.slice(start.length)}`);
    }

    function send(user: User, text: string): void {
      const message: unknown = JSON.parse(text);
      if (!isRecord(message)) return;
      if (message["method"] === "connectionParams") {
        if (!isKnown) socket.send(text);
        isKnown = true;
        return;
      }
      const id = Number(message["id"]);
      if (message["method"] === "subscription") user.ids.set(id, ++lastId);
      // What is applied is confirmed by one for all.
      else if (id === 0 && user === [...users][0]) user.ids.set(0, 0);
      const sharedId = user.ids.get(id);
      if (sharedId === undefined) return;
      owners.set(sharedId, { user, id });
      socket.send(JSON.stringify({ ...message, id: sharedId }));
      if (message["method"] === "subscription.stop") owners.delete(sharedId);
    }

    function quit(user: User): void {
      if (!users.delete(user)) return;
      leave();
      if (users.size === 0) {
        socket.close();
        return;
      }
      for (const id of user.ids.values()) {
        if (owners.delete(id) && id > 0) socket.send(JSON.stringify({ id, method: "subscription.stop" }));
      }
    }

    const shared: Shared = {
      url,
      has: (client) => [...users].some((user) => user.client === client),
      join(client, on) {
        const user: User = { client, on, ids: new Map() };
        users.add(user);
        if (isOpen)
          queueMicrotask(() => {
            if (users.has(user)) on.open();
          });
        return { send: (text) => send(user, text), close: () => quit(user) };
      },
    };
    return shared;
  }

  return () => {
    const client = {};
    return (url, on) => {
      if (joinable?.url !== url || joinable.has(client)) joinable = openShared(url);
      return joinable.join(client, on);
    };
  };
}
