// What the modules hand each other, for the type check alone (`scripts/web`). docs/api.md says what the server's fields mean.

/** words/<language>.json: English has every word. */
type Words = typeof import('./words/en.json');

/** In the script itself (`trialog/web/pages.py`). */
declare const WORDS: Record<string, Words>;
declare const LANGUAGES: Record<string, string>;
declare const STYLE: string;

interface Button { title: string; payload: string }

interface Criterion { id: string; title: string; answer: string; verdict?: 'fits' | 'does_not_fit' | 'not_known'; change?: string }

interface Message {
  text: string;
  kind: string;
  topic: string | null;
  source: { title: string; section?: string; last_reviewed?: string; url?: string } | null;
  buttons: Button[];
  language?: string;
  criterion?: string;
  progress?: { step: number; of: number };
  criteria?: Criterion[];
}

interface Contact { name?: string; phone?: string; hours?: string; text?: string; page?: string }

interface FromAssistant { from: 'assistant'; message: Message; chosen: string | null; spent: boolean }
interface FromFamily { from: 'family'; text: string; waiting: boolean; message?: undefined; chosen?: undefined; spent?: boolean }
interface Notice { from: 'notice'; text: string; action: 'retry' | 'begin' | null; message?: undefined; chosen?: undefined; spent?: boolean }
type Entry = FromAssistant | FromFamily | Notice;

/** What is sent, and the entry it came from. */
interface Turn { body: { text?: string; payload?: string; idempotency_key: string }; entry: FromAssistant | FromFamily }

/** A text in one language; English where none is named. */
interface Part { text: string; language?: string }

interface Topics { title: string; starter: boolean; topics: Button[] }

/** Where something survives a reload. */
interface Memory { take(): void; release(): void; read(): Record<string, any>; write(state: object): void; forget(): void }
