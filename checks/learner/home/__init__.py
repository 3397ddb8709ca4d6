"""The course home: how far a learner is and what comes next, beside notebooks in JupyterLab and Notebook 7.

- `course`: what the home shows, as plain data, from the record
- `server`: hands it to the page, so that it is there before any kernel runs
- `page`: a JupyterLab extension that draws it

The extension is written by hand. JupyterLab asks a prebuilt one for a script that offers two functions,
`init` and `get` (`page/remoteEntry.js`); the rest are modules of JavaScript that a browser reads as they are.
So nobody needs Node, no file is generated, and what runs is what stands here. It uses what JupyterLab
documents: the notebook tracker, the shared model, a kernel's status, commands. `checks.learner.environment`
installs it.
"""
