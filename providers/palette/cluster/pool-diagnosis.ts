import { messageOf } from "../../dynamic/errors";
import type { MachinePool } from "./pools";
import { missing, type PoolProgress } from "./progress";

/** A pool that lacks machines. */
export interface ShortPool {
  pool: MachinePool;
  /** How many machines it still has to get. */
  missing: number;
}

/** Names why pools do not fill up, from what another API knows (MAAS: machines that are Ready and fit). One line a pool; none for a pool that only needs time. */
export type PoolDiagnosis = (pools: readonly ShortPool[]) => Promise<string[]>;

/** Looks between two diagnoses of a pool that stays short. */
const every = 12;

/**
 * Asks for a diagnosis at the second look that finds a pool as short as before, then now and then. A finding counts when the look after it finds
 * the pools as short still, because machines that Palette was just given are no longer Ready in MAAS; each is reported once.
 */
export class DiagnosisWatch {
  private readonly looks = new Map<string, { missing: number; count: number }>();
  private readonly reported = new Set<string>();
  private findings: string[] = [];
  private unconfirmed: string[] = [];

  constructor(
    private readonly pools: readonly MachinePool[],
    private readonly options: { report: (line: string) => void; diagnose?: PoolDiagnosis | undefined },
  ) {}

  /** Takes one look's progress; answers the findings that hold now. */
  async look(progress: readonly PoolProgress[]): Promise<string[]> {
    const { diagnose } = this.options;
    const short = this.shortPools(progress);
    const counts = short.map(({ pool }) => this.looks.get(pool.name)?.count ?? 0);
    if (counts.every((count) => count === 0)) this.findings = [];
    else this.confirm(counts.includes(0) ? [] : this.unconfirmed);
    this.unconfirmed = [];
    if (diagnose === undefined || !counts.some((count) => count % every === 1)) return this.findings;
    try {
      this.unconfirmed = await diagnose(short);
    } catch (failure) {
      this.unconfirmed = [`why the machine pools do not fill up could not be found out: ${messageOf(failure)}`];
    }
    return this.findings;
  }

  private confirm(findings: readonly string[]): void {
    if (findings.length > 0) this.findings = [...findings];
    for (const finding of findings.filter((line) => !this.reported.has(line))) {
      this.reported.add(finding);
      this.options.report(finding);
    }
  }

  private shortPools(progress: readonly PoolProgress[]): ShortPool[] {
    return this.pools.flatMap((pool) => {
      const found = progress.find(({ name }) => name === pool.name);
      const lacking = found === undefined ? pool.size : missing(found);
      const former = this.looks.get(pool.name);
      const same = former !== undefined && former.missing === lacking;
      this.looks.set(pool.name, { missing: lacking, count: same ? former.count + 1 : 0 });
      return lacking === 0 ? [] : [{ pool, missing: lacking }];
    });
  }
}
