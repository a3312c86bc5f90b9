import "./ui/base.css";
import { render } from "solid-js/web";
import { App } from "./App.tsx";
import { applyScheme } from "./lib/scheme.ts";

applyScheme();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root to draw into");
render(() => <App />, root);
