// What jsdom leaves out and Mantine asks for.
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, vi } from "vitest";
import { loadScreenWords } from "../src/words/words";

// What a test waits for is there at once or never: on a busy machine "at once" may take seconds.
configure({ asyncUtilTimeout: 20_000 });

// As the router does before it shows a screen.
beforeAll(loadScreenWords);

class NoResizes {
  observe() {}
  unobserve() {}
  disconnect() {}
}

// Tests that ask for the plain Node environment have no window at all.
if (typeof window !== "undefined") {
  Object.defineProperty(window, "matchMedia", {
    value: (query: string) => ({
      matches: false,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }),
  });

  Object.defineProperty(window, "ResizeObserver", { value: NoResizes });
  Element.prototype.scrollIntoView = () => undefined;
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    localStorage.clear();
  });
}
