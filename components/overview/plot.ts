/** A chart and its table. The texts are already translated; `total` is the sum of a series, if it has one. */
export type Plot = {
  id: string;
  /** The heading of the first column, and for each slice of the time axis its full and its short name. */
  slices: { head: string; names: string[]; short: string[] };
  series: PlotSeries[];
  /** The upper end of the axis, if it does not come from the data. */
  most?: number;
  format: "count" | "share" | "seconds";
};

export type PlotSeries = {
  id: string;
  name: string;
  look: Look;
  values: (number | null)[];
};

export const looks = ["one", "two", "three", "four", "five", "others", "none"] as const;
export type Look = (typeof looks)[number];
