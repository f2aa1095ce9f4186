/** A plot and the table beside it. Words are made already; `total` is what a name's values come to, where they do. */
export type Plot = {
  id: string;
  /** Above the first column, and of each place on the axis: in full, and as short as fits below a bar. */
  places: { head: string; names: string[]; short: string[] };
  series: PlotSeries[];
  /** The end of the axis where it is not the data's. */
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
