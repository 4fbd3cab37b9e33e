// Presses of one kind reach the server in the order they were made: a slow first one would else
// undo the second.

let line = Promise.resolve();

// run: sends it. Answers what it answers, or raises.
export function inOrder(run) {
  const sent = line.then(run);
  line = sent.catch(() => {});
  return sent;
}
