// The simulator's script for voices in a browser, as core/phone/sim.js uses it; served in training only.
export class Voice {
  constructor(address: string, tell: (what: { k: string; moment?: string; live?: boolean; why?: string }) => void);
  unlock(): void;
  speak(): Promise<boolean>;
  join(query: Record<string, string>): void;
  mute(on: boolean): void;
  press(keys: string): void;
  leave(): void;
}
