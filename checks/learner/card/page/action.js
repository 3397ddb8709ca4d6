// See it in action: the registry board and the player, folded below the verdict.

import { fold, setHTML } from "./dom.js";
import { drawPlayer } from "./player.js";
import { tr } from "./words.js";

/** Puts both below the verdict, folded; gives what brings them up to date and what a pressed key does there. */
export function drawAction(card) {
  const title = card.view.practice
    ? tr("Registry board: before and after the code")
    : tr("Registry board: before and after your code");
  const board = fold("wb-board-fold", title);
  const player = drawPlayer(card);
  card.status.after(board.root, player.root);
  return {
    ...player,
    update() {
      board.root.hidden = !card.view.board;
      setHTML(board.inside, card.view.board ?? "");
      player.update();
    },
  };
}
