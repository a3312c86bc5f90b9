import axe from "axe-core";

/**
 * What axe finds wrong in `root`, as "rule: selector". Colours are judged in a real browser: jsdom draws nothing.
 */
export async function axeFindings(root: Element): Promise<string[]> {
  const { violations } = await axe.run(root, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}
