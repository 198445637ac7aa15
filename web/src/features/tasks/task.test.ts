import { describe, expect, it } from "vitest";
import { mayChange, stepsOpenTo, type Task, type TaskState } from "./task";

const task = (state: TaskState, waits_for = 0) =>
  ({ state, waits_for, created_by: "ada", content: { title: "x", assignee: "grace" } }) as Task;
const [ada, grace, jonas] = ["ada", "grace", "jonas"].map((id) => ({ id, manages: false }));

describe("a task's steps (src/tasks/schema.cc)", () => {
  it.each([
    ["open", grace, ["in_progress", "done"]],
    ["in_progress", grace, ["done", "open"]],
    ["done", grace, []],
    ["cancelled", grace, []],
    ["open", ada, ["in_progress", "done", "cancelled"]],
    ["done", ada, ["open"]],
    ["open", jonas, []],
    ["done", { id: "jonas", manages: true }, ["open"]],
    ["open", { id: null, manages: false }, []],
  ] as const)("%s, for %j: %j", (state, taker, steps) => {
    expect(stepsOpenTo(task(state), taker!)).toEqual(steps);
  });

  it("what waits for others is neither begun nor done, only called off", () => {
    expect(stepsOpenTo(task("open", 1), ada!)).toEqual(["cancelled"]);
    expect(stepsOpenTo(task("in_progress", 2), grace!)).toEqual(["open"]);
  });

  it("whoever it is given to does not change what it asks for", () => {
    expect([ada, grace, jonas].map((taker) => mayChange(task("open"), taker!))).toEqual([true, false, false]);
  });
});
