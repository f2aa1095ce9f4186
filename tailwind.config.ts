import type { Config } from "tailwindcss";

const status = (name: string) => ({ ink: `var(--${name}-ink)`, tint: `var(--${name}-tint)` });

export default {
  content: [],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      background: "var(--background)",
      surface: "var(--surface)",
      raised: "var(--raised)",
      sunken: "var(--sunken)",
      border: "var(--border)",
      "border-strong": "var(--border-strong)",
      accent: {
        DEFAULT: "var(--accent)",
        hover: "var(--accent-hover)",
        ink: "var(--accent-ink)",
        tint: "var(--accent-tint)",
      },
      "on-accent": "var(--on-accent)",
      focus: "var(--focus)",
      waiting: status("waiting"),
      underway: status("underway"),
      good: status("good"),
      "needs-you": status("needs-you"),
      "needs-admin": status("needs-admin"),
      plot: Object.fromEntries([1, 2, 3, 4, 5].map((number) => [number, `var(--plot-${number})`])),
      qr: { ground: "var(--qr-ground)", dots: "var(--qr-dots)" },
      ink: { DEFAULT: "var(--text)", muted: "var(--text-muted)", faint: "var(--text-faint)" },
    },
    fontFamily: {
      sans: ['"Inter Variable"', '"Inter Fallback"', "system-ui", "sans-serif"],
      mono: ["ui-monospace", '"SF Mono"', "Menlo", "Consolas", '"DejaVu Sans Mono"', "monospace"],
    },
    fontSize: {
      12: ["0.75rem", "1rem"],
      13: ["0.8125rem", "1.25rem"],
      14: ["0.875rem", "1.25rem"],
      16: ["1rem", "1.5rem"],
      20: ["1.25rem", { lineHeight: "1.75rem", letterSpacing: "-0.01em" }],
      28: ["1.75rem", { lineHeight: "2.25rem", letterSpacing: "-0.018em" }],
    },
    fontWeight: { normal: "400", medium: "500", semibold: "600" },
    borderRadius: { inner: "4px", control: "6px", panel: "10px", full: "9999px" },
    boxShadow: { float: "var(--shadow)" },
  },
} satisfies Config;
