const factors: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** The value of a Kubernetes quantity (`50Gi`, `0.5`, `100M`); undefined for a text that is none. */
export function quantityValue(quantity: string): number | undefined {
  const [, number, suffix] = /^([+-]?\d+(?:\.\d+)?)([A-Za-z]{0,2})$/.exec(quantity) ?? [];
  const factor = suffix === undefined ? undefined : factors[suffix];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
