/** The lab's clock: durations are written as in life and shortened by one factor. */
export class Clock {
  /** @param timeScale how many times faster than life delays pass; 60: a minute of life is a second of the lab. */
  constructor(private timeScale: number) {
    this.setTimeScale(timeScale);
  }

  /** Changes the factor, also for what is under way. Throws for one that is not above 0. */
  setTimeScale(timeScale: number): void {
    if (!Number.isFinite(timeScale) || timeScale <= 0) throw new Error(`timeScale: ${timeScale} is not above 0`);
    this.timeScale = timeScale;
  }

  /** Now, as milliseconds since 1970. */
  now(): number {
    return Date.now();
  }

  /** Lab milliseconds that a duration of life (seconds) takes. */
  milliseconds(lifeSeconds: number): number {
    return (lifeSeconds * 1000) / this.timeScale;
  }

  /** Whether a duration of life (seconds) has passed since a time (milliseconds since 1970). */
  passed(since: number, lifeSeconds: number): boolean {
    return this.now() - since >= this.milliseconds(lifeSeconds);
  }
}

/** The zero time of Palette: "never", and as an input "clear this". */
export const ZERO_TIME = "0001-01-01T00:00:00.000Z";

/** A time as the API writes it; undefined gives the zero time. */
export function apiTime(milliseconds: number | undefined): string {
  return milliseconds === undefined ? ZERO_TIME : new Date(milliseconds).toISOString();
}
