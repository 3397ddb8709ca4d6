// The extension: the course home in the left sidebar, and a line above every lesson that is open.

import { asks } from "./asked.js";
import { Bar } from "./bar.js";
import { Course } from "./course.js";
import { drawHome } from "./home.js";
import { offer } from "./offered.js";
import { goTo, isOpen, nextOpen } from "./walk.js";
import { tr } from "./words.js";

const HOME = "mlops-workbook:home";
const NEXT_STEP = "mlops-workbook:next-step";
const NEXT_LESSON = "mlops-workbook:next-lesson";

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16">
  <path class="jp-icon3" fill="#616161" d="M12 2.5 2 11h3v10h5v-6h4v6h5V11h3z"/>
</svg>`;

/** The plugin; `shared` gives a module of the front end by its name. */
export async function makePlugin(shared) {
  const [notebook, application, { ICommandPalette }, { IDefaultFileBrowser }, { IStateDB }, ui, services, { CodeCell }, { Widget }] =
    await Promise.all(
      [
        "@jupyterlab/notebook",
        "@jupyterlab/application",
        "@jupyterlab/apputils",
        "@jupyterlab/filebrowser",
        "@jupyterlab/statedb",
        "@jupyterlab/ui-components",
        "@jupyterlab/services",
        "@jupyterlab/cells",
        "@lumino/widgets",
      ].map(shared),
    );
  const { INotebookTracker } = notebook;
  const { ILabShell, ILayoutRestorer } = application;
  const { ServerConnection } = services;
  return {
    id: "mlops-workbook:plugin",
    description: "How far the learner is in the course, and what comes next.",
    autoStart: true,
    requires: [INotebookTracker],
    optional: [ILabShell, ILayoutRestorer, ICommandPalette, IStateDB, IDefaultFileBrowser], // Notebook 7 has not all of them
    activate,
  };

  function activate(app, tracker, lab, restorer, palette, state, files) {
    const bars = new Map(); // notebook panel → the line above it
    const course = new Course(asks(app, ServerConnection), draw);

    const home = new Widget();
    home.id = HOME;
    home.addClass("wb-home-panel");
    home.title.caption = "Workbook";
    home.title.icon = new ui.LabIcon({ name: HOME, svgstr: ICON });
    home.node.setAttribute("role", "region");
    home.node.setAttribute("aria-label", "Workbook");

    const stylesheet = document.createElement("link");
    stylesheet.rel = "stylesheet";
    stylesheet.href = new URL("home.css", import.meta.url);
    document.head.append(stylesheet);

    function draw() {
      drawHome(home.node, course, open);
      for (const bar of bars.values()) bar.draw(course);
      for (const command of [NEXT_STEP, NEXT_LESSON]) app.commands.notifyCommandChanged(command);
    }

    /** Open a notebook of the course, and go to a cell of it. */
    async function open({ notebook, cell }) {
      const panel = await app.commands.execute("docmanager:open", { path: course.path(notebook), factory: "Notebook" });
      if (panel && cell) await goTo(app, panel, cell); // Notebook 7 opens a page of its own
    }

    const here = () => {
      const panel = tracker.currentWidget;
      const [lesson, next] = panel ? course.lessonAt(panel.context.path) : [];
      return { panel, lesson, next };
    };

    app.commands.addCommand(HOME, {
      label: () => tr("Workbook: Course Home"),
      describedBy: { args: { type: "object", properties: {} } },
      execute: () => {
        app.shell.activateById(home.id);
        home.node.querySelector("button")?.focus();
      },
    });
    app.commands.addCommand(NEXT_STEP, {
      label: () => tr("Workbook: Next Step"),
      describedBy: { args: { type: "object", properties: {} } },
      isEnabled: () => here().lesson?.marks.some(isOpen) ?? false,
      execute: async () => {
        const { panel, lesson } = here();
        await panel.context.ready;
        const mark = nextOpen(panel.content, lesson);
        if (mark) await goTo(app, panel, mark.place.cell);
      },
    });
    app.commands.addCommand(NEXT_LESSON, {
      label: () => tr("Workbook: Next Lesson"),
      describedBy: { args: { type: "object", properties: {} } },
      isEnabled: () => Boolean(here().next),
      execute: () => open(here().next),
    });
    app.commands.addKeyBinding({ command: NEXT_STEP, keys: ["Alt ."], selector: "body" });
    for (const command of [HOME, NEXT_STEP, NEXT_LESSON]) palette?.addItem({ command, category: "Workbook" });

    const run = (command) => () => app.commands.execute(command);
    const watched = (panel) => {
      const bar = new Bar(Widget, panel, { step: run(NEXT_STEP), lesson: run(NEXT_LESSON), home: run(HOME) });
      bars.set(panel, bar);
      panel.disposed.connect(() => bars.delete(panel));
      panel.sessionContext.statusChanged.connect((_, status) => status === "idle" && course.refresh());
      panel.context.saveState.connect((_, state) => state === "completed" && course.refresh());
      panel.context.pathChanged.connect(() => bar.draw(course));
      bar.draw(course);
    };
    tracker.forEach(watched);
    tracker.widgetAdded.connect((_, panel) => watched(panel));
    tracker.currentChanged.connect((_, panel) => {
      if (panel) course.move(panel.context.path.split("/").slice(0, -1).join("/"));
    });
    window.addEventListener("focus", () => course.refresh());

    offer(app, tracker, CodeCell);
    app.shell.add(home, "left", { rank: 50 });
    restorer?.add(home, HOME);
    course.load();
    // Where a page is opened on a notebook, files come to the front by themselves: the home waits for that.
    const opening = [];
    app.commands.commandExecuted.connect((_, { id, result }) => id === "filebrowser:go-to-path" && opening.push(result));
    if (lab) {
      Promise.all([app.restored, files?.model.restored])
        .then(() => Promise.allSettled(opening))
        .then(() => openAtFirst(lab, course, state, home));
    }
  }
}

/** The first time that JupyterLab is opened on the lessons the home is open beside them; then it is as it was left. */
async function openAtFirst(lab, course, state, home) {
  if (window.innerWidth < 800) return; // there is no room for both
  while (!course.data) await course.load(); // it may be asked once more meanwhile, which has its own answer
  if (course.data.folder === null || (await state?.fetch(HOME))) return;
  lab.activateById(home.id);
  await state?.save(HOME, true);
}
