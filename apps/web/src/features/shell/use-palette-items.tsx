import { useNavigate } from "@solidjs/router";
import Flag from "lucide-solid/icons/flag";
import LogOut from "lucide-solid/icons/log-out";
import Moon from "lucide-solid/icons/moon";
import Plus from "lucide-solid/icons/plus";
import Sun from "lucide-solid/icons/sun";
import SunMoon from "lucide-solid/icons/sun-moon";
import UserRound from "lucide-solid/icons/user-round";
import type { Accessor } from "solid-js";
import { createMemo, createSignal, onCleanup } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { chooseScheme } from "../../lib/scheme.ts";
import { useSignOut } from "../../lib/session.ts";
import { inputOf } from "../../lib/use-place.ts";
import type { PaletteItem } from "../../ui/Palette.tsx";
import { showToast } from "../../ui/toast.tsx";

/** Waits until somebody pauses. */
const PAUSE_MS = 120;
const MOST_FLAGS = 20;

/** Flags by what is typed, and the acts that belong to no page. */
export function createPaletteItems(place: Accessor<Place>) {
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [query, setQuery] = createSignal("");
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const found = createApiQuery(() => ({
    path: "flags.list",
    input: { ...inputOf(place()), q: query(), limit: MOST_FLAGS },
    enabled: query() !== "",
  }));
  const to = (page: string) => () => navigate(placePath({ ...place(), page }));
  const leave = () =>
    signOut().catch(() =>
      showToast({ tone: "danger", title: "You are still signed in", about: "The server did not answer. Try again." }),
    );

  const acts: readonly PaletteItem[] = [
    {
      id: "create flag",
      group: "Do",
      label: "Create flag",
      icon: <Plus size={14} />,
      onSelect: () => navigate(`${placePath({ ...place(), page: "flags" })}?create=yes`),
    },
    { id: "light", group: "Theme", label: "Light theme", icon: <Sun size={14} />, onSelect: () => chooseScheme("light") },
    { id: "dark", group: "Theme", label: "Dark theme", icon: <Moon size={14} />, onSelect: () => chooseScheme("dark") },
    {
      id: "system",
      group: "Theme",
      label: "Theme like the system",
      icon: <SunMoon size={14} />,
      onSelect: () => chooseScheme("system"),
    },
    {
      id: "account",
      group: "You",
      label: "Your account",
      words: "password sessions",
      icon: <UserRound size={14} />,
      onSelect: () => navigate("/~/account"),
    },
    {
      id: "sign out",
      group: "You",
      label: "Sign out",
      words: "log out leave",
      icon: <LogOut size={14} />,
      onSelect: () => void leave(),
    },
  ];

  const items = createMemo((): readonly PaletteItem[] => [
    ...(query() === "" ? [] : (found.data?.items ?? [])).map((flag) => ({
      id: `flag ${flag.key}`,
      group: "Flags",
      label: flag.key,
      hint: flag.description,
      icon: <Flag size={14} />,
      onSelect: to(`flags/${flag.key}`),
    })),
    ...acts,
  ]);
  const onQuery = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => setQuery(text.trim()), PAUSE_MS);
  };
  return { items, onQuery };
}
