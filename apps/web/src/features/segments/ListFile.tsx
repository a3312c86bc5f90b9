import type { JSX } from "solid-js";

interface ListFileProps {
  readonly label: string;
  readonly onText: (text: string) => void;
}

/** Takes members from a file of text: one a line, or separated by commas or tabs. */
export function ListFile(props: ListFileProps): JSX.Element {
  let input: HTMLInputElement | undefined;
  const read = async (files: FileList | null) => {
    const [file] = files ?? [];
    if (file) props.onText(await file.text());
    // The same file may be picked again after it was changed.
    if (input) input.value = "";
  };

  return (
    <label class="inline-flex cursor-pointer items-center text-accent focus-within:underline hover:underline max-desk:min-h-11">
      Add from a file
      <input
        ref={input}
        type="file"
        accept=".txt,.csv,.tsv,text/*"
        aria-label={props.label}
        class="sr-only"
        onChange={(event) => void read(event.currentTarget.files)}
      />
    </label>
  );
}
