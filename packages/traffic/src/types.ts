/** Percent of the requests by slot; they add up to 100. */
export type Weights = Readonly<Record<string, number>>;

export interface Router {
  /** Sets absolute weights; idempotent. Throws RunbookError when the router refuses. */
  set(weights: Weights): Promise<void>;
  /** The weights in force, as the router tells them. */
  read(): Promise<Weights>;
  /** Requests by slot since some start that never moves back, or undefined when the router cannot tell. */
  requests(): Promise<Readonly<Record<string, number>> | undefined>;
}
