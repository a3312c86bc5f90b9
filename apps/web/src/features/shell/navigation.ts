import History from "lucide-solid/icons/clock-arrow-left";
import Flag from "lucide-solid/icons/flag";
import IdCard from "lucide-solid/icons/id-card";
import KeyRound from "lucide-solid/icons/key-round";
import Settings2 from "lucide-solid/icons/settings-2";
import Shapes from "lucide-solid/icons/shapes";

interface Destination {
  /** The address after the environment. */
  readonly page: string;
  readonly name: string;
  readonly keys: string;
  readonly icon: typeof Flag;
  /** Parted from the ones before: what is set up once. */
  readonly isSetup: boolean;
}

export const DESTINATIONS: readonly Destination[] = [
  { page: "flags", name: "Flags", keys: "g f", icon: Flag, isSetup: false },
  { page: "segments", name: "Segments", keys: "g s", icon: Shapes, isSetup: false },
  { page: "identities", name: "Identities", keys: "g i", icon: IdCard, isSetup: false },
  { page: "history", name: "History", keys: "g h", icon: History, isSetup: false },
  { page: "keys", name: "Keys", keys: "g k", icon: KeyRound, isSetup: true },
  { page: "settings/general", name: "Settings", keys: "g ,", icon: Settings2, isSetup: true },
];

/** The destination a page belongs to: "flags/new-checkout" is under Flags. */
export function destinationOf(page: string): Destination | undefined {
  const isUnder = (parent: string) => page === parent || page.startsWith(`${parent}/`);
  const exact = DESTINATIONS.find((destination) => isUnder(destination.page));
  return exact ?? (isUnder("settings") ? DESTINATIONS.find(({ name }) => name === "Settings") : undefined);
}
