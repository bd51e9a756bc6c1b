import { text, type Text } from '../source/model/text.ts';
import type { Screen } from '../source/tui/screens/screen.ts';

export interface Finger {
  readonly of: readonly ('lazydocker' | 'k9s' | 'lazygit')[];
  readonly key: string;
  /** What it does there, by their own page of keys. */
  readonly there: Text;
  /** The key that does it here, which must stand in that screen's table; or why there is none. */
  readonly here: Text | { readonly key: string; readonly on: Screen['name'] };
}

/** What people's fingers know from the programs beside us. */
export const FINGERS: readonly Finger[] = [
  { of: ['lazydocker', 'k9s', 'lazygit'], key: 'j', there: text('down', '向下'), here: { key: 'j', on: 'findings' } },
  { of: ['lazydocker', 'k9s', 'lazygit'], key: 'k', there: text('up', '向上'), here: { key: 'k', on: 'findings' } },
  { of: ['k9s'], key: 'g', there: text('to the top', '到顶部'), here: { key: 'g', on: 'findings' } },
  { of: ['k9s'], key: 'G', there: text('to the bottom', '到底部'), here: { key: 'G', on: 'findings' } },
  { of: ['lazydocker', 'k9s', 'lazygit'], key: 'enter', there: text('go in, focus', '进入、聚焦'), here: { key: 'enter', on: 'findings' } },
  { of: ['lazydocker', 'k9s', 'lazygit'], key: 'esc', there: text('one step back', '返回一步'), here: { key: 'esc', on: 'finding' } },
  { of: ['lazydocker', 'k9s', 'lazygit'], key: '/', there: text('filter or search', '筛选或搜索'), here: { key: '/', on: 'findings' } },
  { of: ['lazygit'], key: 'n', there: text('next match of a search', '下一个匹配'), here: { key: 'n', on: 'diff' } },
  { of: ['lazygit'], key: 'N', there: text('previous match', '上一个匹配'), here: { key: 'N', on: 'diff' } },
  { of: ['lazydocker', 'k9s', 'lazygit'], key: '?', there: text('keys of this screen', '本页按键'), here: text('the same, on every screen', '一样，每个画面都有') },
  { of: ['lazydocker', 'lazygit'], key: 'q', there: text('quit', '退出'), here: { key: 'q', on: 'findings' } },
  { of: ['k9s'], key: ':q', there: text('quit', '退出'), here: text('no command line here; `q` quits', '这里没有命令行；按 `q` 退出') },
  { of: ['k9s', 'lazygit'], key: 'ctrl-c', there: text('quit', '退出'), here: text('quits; while something is applied it first takes all of it back', '退出；正在应用时，会先全部还原') },
  { of: ['lazygit'], key: 'pgdown', there: text('scroll the main panel', '滚动主面板'), here: text('scrolls what stands below the list', '滚动列表下方的内容') },
  { of: ['lazygit'], key: 'mouse wheel', there: text('scroll', '滚动'), here: text('scrolls, where the terminal gives it', '滚动（终端支持时）') },
  { of: ['lazydocker', 'k9s'], key: 'd', there: text('remove; describe', '删除；描述'), here: text('shows the diff, and never changes anything', '查看修改，绝不会改动任何东西') },
  { of: ['k9s'], key: 'ctrl-d', there: text('delete', '删除'), here: text('nothing: no single key changes anything here', '没有作用：这里没有一键改动') },
  { of: ['lazydocker', 'k9s'], key: 's', there: text('stop; shell', '停止；shell'), here: text('skips a finding; no container is stopped by a key', '跳过一个问题；没有停容器的按键') },
  { of: ['lazygit'], key: 'e', there: text('edit', '编辑'), here: { key: 'o', on: 'finding' } },
  { of: ['lazygit'], key: 'o', there: text('open the file', '打开文件'), here: { key: 'o', on: 'finding' } },
  { of: ['lazygit'], key: 'i', there: text('ignore', '忽略'), here: { key: 'i', on: 'findings' } },
  { of: ['lazygit', 'k9s'], key: 'space', there: text('stage or mark, and again: not', '暂存或标记，再按一次取消'), here: text('`f` takes, and pressed again leaves it taken; `z` takes the last decision back, `s` twice opens any row again', '`f` 选中，再按一次仍是选中；`z` 收回最近的决定，`s` 按两次可以让任何一行重新待定') },
  { of: ['lazygit'], key: 'z', there: text('undo', '撤销'), here: { key: 'z', on: 'findings' } },
  { of: ['lazygit'], key: 'y', there: text('copy to the clipboard', '复制到剪贴板'), here: { key: 'y', on: 'commands' } },
  { of: ['lazygit'], key: '@', there: text('the command log', '命令日志'), here: { key: 'c', on: 'plan' } },
  { of: ['lazydocker'], key: 'm', there: text('view logs', '查看日志'), here: { key: 'b', on: 'applying' } },
  { of: ['k9s'], key: 'l', there: text('logs', '日志'), here: { key: 'b', on: 'applying' } },
  { of: ['lazydocker', 'lazygit'], key: '[ ]', there: text('previous and next tab', '上一个、下一个标签页'), here: text('no tabs here; `tab` goes from pane to pane where the terminal is wide', '这里没有标签页；终端够宽时用 `tab` 切换面板') },
  { of: ['lazydocker', 'lazygit'], key: '+ _', there: text('next and previous size of the panel', '切换面板大小'), here: { key: 'd', on: 'finding' } },
];
