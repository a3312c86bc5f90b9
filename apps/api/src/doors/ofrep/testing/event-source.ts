/** The part of a browser's `EventSource` that clients of the protocol use; Node 20 has none. Comes again at once, and stops for good where a browser does. */
export class FetchEventSource extends EventTarget {
  static readonly open = new Set<FetchEventSource>();

  readyState = 0;
  readonly #abort = new AbortController();
  #lastEventId = "";

  constructor(readonly url: string) {
    super();
    FetchEventSource.open.add(this);
    void this.#run();
  }

  close(): void {
    this.readyState = 2;
    this.#abort.abort();
    FetchEventSource.open.delete(this);
  }

  async #run(): Promise<void> {
    while (this.readyState !== 2) {
      this.readyState = 0;
      try {
        await this.#listen();
      } catch (error) {
        if (!this.#abort.signal.aborted && !(error instanceof TypeError)) throw error;
      }
      if (this.#abort.signal.aborted) return;
      this.dispatchEvent(new Event("error"));
    }
  }

  async #listen(): Promise<void> {
    const headers = this.#lastEventId === "" ? {} : { "Last-Event-ID": this.#lastEventId };
    const answer = await fetch(this.url, { headers, signal: this.#abort.signal });
    if (!answer.ok || !answer.body) {
      this.close();
      this.dispatchEvent(new Event("error"));
      return;
    }
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
    let text = "";
    const decoder = new TextDecoder();
    for await (const part of answer.body) {
      text += decoder.decode(part as Uint8Array, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) this.#tell(block);
    }
  }

  #tell(block: string): void {
    const fields = new Map(block.split("\n").map((line) => [line.split(":", 1)[0] ?? "", line.replace(/^[^:]*: ?/, "")]));
    const data = fields.get("data");
    this.#lastEventId = fields.get("id") ?? this.#lastEventId;
    if (data !== undefined)
      this.dispatchEvent(new MessageEvent(fields.get("event") ?? "message", { data, lastEventId: this.#lastEventId }));
  }
}
