import { act, render, screen } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, it } from "vitest";
import { useAddress, withParam } from "./useAddress";

let set: (name: string, value: string | null) => void = () => undefined;

function Screen() {
  const [params, change] = useAddress();
  set = (name, value) => change((now) => withParam(now, name, value));
  return <p>{params.toString()}</p>;
}

it("keeps the first of two changes that nothing was drawn between", () => {
  render(
    <RouterProvider router={createMemoryRouter([{ path: "/", element: <Screen /> }], { initialEntries: ["/?a=1"] })} />,
  );
  const before = set;
  act(() => {
    before("q", "ada");
    before("focus", "shop");
  });
  expect(screen.getByText("a=1&q=ada&focus=shop")).toBeDefined();
  act(() => before("q", ""));
  expect(screen.getByText("a=1&focus=shop")).toBeDefined();
});
