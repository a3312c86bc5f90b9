import { type EnvironmentEvent, type EventPart, type FlagsEvent, PART_BYTES } from "@halyard/contracts";

/** Stands for the mark of a context in the position of an event that many contexts share. */
export const ANY_MARK = "________";
/** No position: whoever resumes from it begins anew. */
const NOWHERE = "~";
/** Ids of operations are few, as clients count from 1; those beyond are framed each time. */
const MOST_FORMS = 16;
/** No unit of JSON text takes more than three bytes once it is text within JSON; the rest of a message needs little. */
const PART_UNITS = Math.floor((PART_BYTES - 1_024) / 3);

type StreamEvent = EnvironmentEvent | FlagsEvent;

interface Form {
  readonly bytes: Buffer;
  /** Where the mark belongs. */
  readonly offsets: readonly number[];
}

/**
 * An event made ready to be sent to many: its JSON is made once, and its bytes once for each id of an operation. Events of the
 * `flags` stream differ from context to context only by their mark, which is filled into a copy.
 */
export class Prepared<E extends StreamEvent = StreamEvent> {
  readonly #event: E;
  readonly #isMarked: boolean;
  readonly #forms = new Map<string, Form>();
  #json: string | undefined;
  #parts: readonly string[] | undefined;

  /** @param event with {@link ANY_MARK} at the end of its position, or without any mark */
  constructor(event: E) {
    this.#event = event;
    this.#isMarked = event.position.endsWith(`:${ANY_MARK}`);
  }

  get json(): string {
    return (this.#json ??= JSON.stringify(this.#event));
  }

  /** Whether it has its turn among other large ones, and goes in pieces to whoever takes them. */
  get isLarge(): boolean {
    return this.json.length > PART_UNITS;
  }

  /** The event itself, as the context with this mark gets it. */
  eventFor(mark: string | undefined): E {
    return this.#isMarked && mark !== undefined ? { ...this.#event, position: this.#positionFor(mark) } : this.#event;
  }

  /** Its JSON, as the context with this mark gets it. */
  jsonFor(mark: string | undefined): string {
    return this.#isMarked && mark !== undefined ? this.#split().join(mark) : this.json;
  }

  /** A tracked message of tRPC. @param head its beginning, with the id of the operation: `{"id":1,` */
  frame(head: string, mark: string | undefined): Buffer {
    const { bytes, offsets } = this.#forms.get(head) ?? this.#toForm(head);
    if (mark === undefined || offsets.length === 0) return bytes;
    const own = Buffer.from(bytes);
    for (const offset of offsets) own.write(mark, offset, "latin1");
    return own;
  }

  private get partCount(): number {
    return Math.ceil(this.json.length / PART_UNITS);
  }

  /** The event in pieces, each a tracked message. */
  *parts(head: string, mark: string | undefined): Generator<Buffer, void> {
    for (let index = 0; index < this.partCount; index++) yield this.#part(head, index, mark);
  }

  #part(head: string, index: number, mark: string | undefined): Buffer {
    const isLast = index === this.partCount - 1;
    const position = this.#positionFor(mark);
    const text = this.#textOf(index, mark);
    const { to } = this.#event;
    const event: Omit<EventPart, "text"> = { type: "part", index, count: this.partCount, to, position };
    const id = JSON.stringify(isLast ? position : NOWHERE);
    const json = `${JSON.stringify(event).slice(0, -1)},"text":${text}}`;
    return Buffer.from(`${head}"result":{"type":"data","data":{"id":${id},"data":${json}},"id":${id}}}`);
  }

  #textOf(index: number, mark: string | undefined): string {
    const cut = (json: string) =>
      Array.from({ length: this.partCount }, (_, n) => JSON.stringify(json.slice(n * PART_UNITS, (n + 1) * PART_UNITS)));
    const texts = this.#isMarked ? cut(this.jsonFor(mark)) : (this.#parts ??= cut(this.json));
    return texts[index] ?? '""';
  }

  #positionFor(mark: string | undefined): string {
    const { position } = this.#event;
    return this.#isMarked && mark !== undefined ? position.slice(0, -ANY_MARK.length) + mark : position;
  }

  /** Before the mark and behind it; only numbers and positions come before. */
  #split(): [string, string] {
    const at = this.json.indexOf(ANY_MARK);
    return [this.json.slice(0, at), this.json.slice(at + ANY_MARK.length)];
  }

  #toForm(head: string): Form {
    const id = JSON.stringify(this.#event.position);
    const pieces = this.#isMarked
      ? this.#markedPieces(head, id.slice(0, -1 - ANY_MARK.length))
      : [`${head}"result":{"type":"data","data":{"id":${id},"data":${this.json}},"id":${id}}}`];
    const offsets: number[] = [];
    let length = 0;
    for (const piece of pieces.slice(0, -1)) {
      length += Buffer.byteLength(piece);
      offsets.push(length);
      length += ANY_MARK.length;
    }
    const form = { bytes: Buffer.from(pieces.join(ANY_MARK)), offsets };
    if (this.#forms.size < MOST_FORMS) this.#forms.set(head, form);
    return form;
  }

  #markedPieces(head: string, id: string): string[] {
    const [before, behind] = this.#split();
    return [`${head}"result":{"type":"data","data":{"id":${id}`, `","data":${before}`, `${behind}},"id":${id}`, `"}}`];
  }
}
