/** Every limit of the product, in one place; messages and documentation quote these. Lengths are in UTF-16 code units. */
export const LIMITS = {
  name: 200,
  description: 2_000,
  comment: 2_000,
  flagKey: 200,
  slug: 60,
  /** Serialised length of a flag's or variant's value. */
  value: 20_000,
  /** Levels of arrays and objects in a value; SDKs in other languages stop at 100 or more. */
  valueDepth: 32,
  /** Serialised length of a flag's JSON Schema, and how many schemas it may consist of. */
  valueSchema: 20_000,
  subschemas: 500,
  identifier: 2_000,
  traitKey: 200,
  traitValue: 2_000,
  /** Items of a trait that is a list. */
  traitItems: 100,
  traitsPerIdentity: 100,
  conditionProperty: 1_000,
  conditionValue: 1_000,
  conditionsPerSegment: 100,
  /** Items of one IN list. */
  listItems: 100_000,
  /** Items of a list that come with the segment; of longer ones only so many, and the rest by pages. */
  listItemsShown: 1_000,
  /** Items that one edit of a list adds, and removes. */
  listEdit: 10_000,
  prerequisitesPerFlag: 20,
  ruleDepth: 8,
  variantsPerFlag: 50,
  tagsPerFlag: 20,
  password: { min: 12, max: 128 },
  page: 100,
  importBytes: 5_000_000,
} as const;
