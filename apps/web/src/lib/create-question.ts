import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";

/** What is asked before a write that people feel. */
export interface Question {
  readonly title: string;
  /** What will be so for whom: one sentence. */
  readonly consequence: string;
  /** The verb on the button: "Save rules". */
  readonly verb: string;
  readonly act: () => void;
}

export interface Questions {
  /** Acts at once, or after a yes where somebody must be careful. */
  readonly ask: (question: Question) => void;
  /** What waits for a yes. */
  readonly asked: Accessor<Question | undefined>;
  readonly confirm: () => void;
  readonly cancel: () => void;
}

/** One question at a time, and only where `isCareful`. Drawn by `QuestionDialog`. */
export function createQuestions(isCareful: Accessor<boolean>): Questions {
  const [asked, setAsked] = createSignal<Question>();

  return {
    ask: (question) => {
      if (isCareful()) setAsked(question);
      else question.act();
    },
    asked,
    confirm: () => {
      const question = asked();
      setAsked(undefined);
      question?.act();
    },
    cancel: () => setAsked(undefined),
  };
}
