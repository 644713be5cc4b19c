// A window of the editor in a browser: opened, typed into, and read as a person reads it.

import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import puppeteer, { type Browser, type ElementHandle, type Frame, type KeyInput, type Page } from 'puppeteer-core';

export interface Options {
  /** The folder that is copied and opened. */
  folder: string;
  /** Below which folder of the opened one it is copied. */
  into?: string;
  /** The `platc` that the extension is to run. */
  program: string;
  /** Files that the copy has beside those of the folder, by their paths. */
  files?: Record<string, string>;
  settings?: object;
  /** Whether the folder is trusted from the beginning. */
  trusted?: boolean;
}

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'editor.minimap.enabled': false,
  'editor.accessibilitySupport': 'off',
  'files.autoSave': 'off',
  'update.mode': 'none',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
};

/** What a person would see of the editor. */
export class Window {
  private constructor(
    readonly page: Page,
    readonly folder: string,
    private readonly browser: Browser,
    private readonly server: ChildProcess,
    private readonly home: string,
  ) {}

  static async open(options: Options): Promise<Window> {
    const home = mkdtempSync(join(tmpdir(), 'platc-window-'));
    const folder = join(home, 'platform');
    cpSync(options.folder, join(folder, options.into ?? '.'), { recursive: true });
    for (const [name, text] of Object.entries(options.files ?? {})) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const settings = JSON.stringify({ ...SETTINGS, 'platc.path': options.program, ...options.settings });
    for (const place of ['User', 'Machine']) {
      mkdirSync(join(home, 'data', place), { recursive: true });
      writeFileSync(join(home, 'data', place, 'settings.json'), settings);
    }
    const port = await freePort();
    const server = serve(home, port, options.trusted ?? true);
    const browser = await puppeteer.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--lang=en-US'],
      defaultViewport: { width: 1440, height: 900 },
    });
    const page = await browser.newPage();
    const window = new Window(page, folder, browser, server, home);
    await window.load(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    return window;
  }

  async close(): Promise<void> {
    await this.browser.close().catch(() => undefined);
    this.server.kill();
    await new Promise((resolve) => setTimeout(resolve, 300));
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Takes back what was typed and closes everything, then opens a file. */
  async startOver(name: string): Promise<void> {
    await this.page.keyboard.press('Escape');
    if (await this.page.$('.tab.dirty')) {
      await this.command('File: Revert File');
      await this.gone('.tab.dirty');
    }
    await this.command('View: Close All Editors');
    await this.gone('.tab');
    await this.openFile(name);
  }

  /** Opens a file of the folder. */
  async openFile(name: string): Promise<void> {
    await this.chord('Control', 'KeyP');
    const last = name.split('/').at(-1) ?? name;
    await this.quickInput(name, last);
    await this.see('.tab.active', last);
  }

  /** Runs a command by its title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput(`>${title}`, title);
  }

  /** Puts the cursor on a line and column, both from one. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.chord('Control', 'KeyG');
    await this.quickInput(`:${line},${column}`);
    await this.see('.statusbar-item', `Ln ${line}, Col ${column}`);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 30 });
  }

  /** Presses several keys at once. */
  async chord(...keys: KeyInput[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.down(key);
    }
    for (const key of keys.reverse()) {
      await this.page.keyboard.up(key);
    }
  }

  /** Makes the file in front one of another language. */
  async chooseLanguage(name: string): Promise<void> {
    await (await this.see('[id="status.editor.mode"]')).click();
    await this.quickInput(name, name);
  }

  /** The page inside of the webview that is open. */
  async webview(): Promise<Frame> {
    for (let tries = 0; tries < 200; tries++) {
      for (const frame of this.page.frames()) {
        if (frame.parentFrame()?.url().includes('/webview/')) {
          return frame;
        }
      }
      await pause(100);
    }
    throw new Error(`there is no webview; there are ${this.page.frames().map((frame) => frame.url()).join(' ')}`);
  }

  /** Waits until something that fits the selector is visible and has the text; gives it. */
  async see(selector: string, text: string | RegExp = '', patience = 20_000): Promise<ElementHandle> {
    const end = Date.now() + patience;
    let last: string[] = [];
    while (Date.now() < end) {
      last = [];
      for (const element of await this.page.$$(selector)) {
        const found = await element.evaluate((one) => (one as HTMLElement).innerText.replace(/\u00a0/g, ' ')).catch(() => '');
        const label = await element.evaluate((one) => one.getAttribute('aria-label') ?? '').catch(() => '');
        if (await element.isVisible().catch(() => false)) {
          last.push(found || label);
          const fits = (one: string): boolean => (typeof text === 'string' ? one.includes(text) : text.test(one));
          if (fits(found) || fits(label)) {
            return element;
          }
        }
      }
      await pause(100);
    }
    throw new Error(`nothing like ${selector} says ${String(text)}; it says: ${last.join(' | ').slice(0, 2000)}`);
  }

  /** Whether nothing that fits the selector is visible. */
  async gone(selector: string, patience = 20_000): Promise<void> {
    const end = Date.now() + patience;
    while (Date.now() < end) {
      const visible = await Promise.all((await this.page.$$(selector)).map((one) => one.isVisible().catch(() => false)));
      if (!visible.includes(true)) {
        return;
      }
      await pause(100);
    }
    throw new Error(`${selector} is still there`);
  }

  /** The text of an editor, as far as it is on the screen. */
  async text(editor: string): Promise<string> {
    return this.page.$eval(`${editor} .view-lines`, (lines) => [...lines.querySelectorAll('.view-line')]
      .map((line) => [parseFloat((line as HTMLElement).style.top), (line as HTMLElement).innerText] as const)
      .sort(([a], [b]) => a - b).map(([, text]) => text.replace(/\u00a0/g, ' ')).join('\n'));
  }

  /** Keeps a picture, for people to look at. */
  async picture(name: string): Promise<void> {
    const folder = process.env.PICTURES;
    if (folder) {
      mkdirSync(folder, { recursive: true });
      await this.page.screenshot({ path: join(folder, `${name}.png`) });
    }
  }

  private async load(url: string): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.page.goto(url, { waitUntil: 'domcontentloaded' });
        await this.page.waitForSelector('.monaco-workbench .statusbar-item', { timeout: 60_000 });
        return;
      } catch (error) {
        if (tries > 100 || !String(error).includes('ERR_CONNECTION')) {
          throw error;
        }
        await pause(200);
      }
    }
  }

  /** Types into the box at the top, waits for a row that has the text, if one is due, and takes it. */
  private async quickInput(text: string, row?: string): Promise<void> {
    const input = await this.page.waitForSelector('.quick-input-widget:not([style*="display: none"]) input.input', { visible: true });
    await input?.click({ count: 3 });
    await this.page.keyboard.type(text);
    if (row) {
      await this.see('.quick-input-list .monaco-list-row.focused', row);
    }
    await pause(150);
    await this.page.keyboard.press('Enter');
    await this.gone('.quick-input-widget');
  }
}

function serve(home: string, port: number, trusted: boolean): ChildProcess {
  const entry = process.env.CODE_SERVER;
  const extension = process.env.EXTENSION;
  if (!entry || !extension) {
    throw new Error('CODE_SERVER names the entry of code-server, EXTENSION the packaged extension');
  }
  const common = ['--user-data-dir', join(home, 'data'), '--extensions-dir', join(home, 'extensions')];
  const options = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'];
  if (trusted) {
    options.push('--disable-workspace-trust');
  }
  const script = '"$0" "$1" --install-extension "$2" $3 && exec "$0" "$1" $3 $4';
  const environment = { ...process.env, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'share') };
  const words = [process.execPath, entry, extension, common.join(' '), options.join(' ')];
  return spawn('sh', ['-c', script, ...words], { env: environment, stdio: process.env.VERBOSE ? 'inherit' : 'ignore' });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => { resolve(port); });
    });
  });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
