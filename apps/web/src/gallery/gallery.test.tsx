import { render } from "@solidjs/testing-library";
import { describe, expect, it } from "vitest";
import { axeFindings } from "../testing/axe.ts";
import { allExamples } from "./all-examples.ts";

describe.each(allExamples)("$part", ({ examples }) => {
  it.each(examples)("draws “$state” without anything axe objects to", async ({ draw }) => {
    const { container } = render(draw);

    expect(container).not.toBeEmptyDOMElement();
    expect(await axeFindings(container)).toEqual([]);
  });
});
