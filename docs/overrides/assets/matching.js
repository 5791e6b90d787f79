// The published matching rule in the browser: the same verdict and the same passage as `build_tools/quotations/comparing.py`
// and `build_tools/selectors.py`, of which this is a twin; `tests/browser/test_verify.py` puts the same questions to both.
// Nothing here touches a page. Offsets are those of scripts (UTF-16); `Searched` leads back to the words as they stand.
const BLANK = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"; // Python's \s
const W = "[\\p{L}\\p{N}_]"; // its \w
const BLANKS = new RegExp(`[${BLANK}]+`, "g");
const UNEVEN = new RegExp(`[${BLANK}]{2,}|(?! )[${BLANK}]`);
// a stretch that may be written otherwise: blanks, a letter with its marks, or any other sign
const CLUSTER = new RegExp(`[${BLANK}]+|\\P{M}[\\p{M}\\u1160-\\u11ff]+|[^]`, "gu");
// an ellipsis, or an insertion in brackets with the rest of its word; `(?<!W)` only spares a search from within each word
const GAP = new RegExp(`(?:(?<!${W})${W}*)?\\[[^\\]]*\\]${W}*|…|\\.(?: ?\\.){2,3}`, "gu");
const SINGLE = /[‘’‚‛]/g;
const DOUBLE = /[“”„‟]/g;
const PUNCTUATION = ".,;:!?()[]'\"—–-";

export const LEAST_WORDS = 2;
export const LEAST_LETTERS = 8;
const MOST_PLACES = 1000;
const MOST_BEGINNINGS = 50;
const PASSAGES_APART = 3;
export const MOST_WORDS = 120;
const LEAST_LIKE = 0.4;
const LEAST_LIKE_IN_LETTERS = 0.65;

const isLetter = (sign) => /^[\p{L}\p{N}]/u.test(sign);
const isWord = (sign) => /^[\p{L}\p{N}_]/u.test(sign);
const signBefore = (text, at) => {
  if (at <= 0) return "";
  const low = text.charCodeAt(at - 1);
  return text.slice(low >= 0xdc00 && low <= 0xdfff && at > 1 ? at - 2 : at - 1, at);
};
const signAt = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "");
const split = (text) => text.split(BLANKS).filter(Boolean);
const trim = (text) => text.replace(/^ +| +$/g, "");
const lettersOf = (text) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
const straight = (text) => text.replace(SINGLE, "'").replace(DOUBLE, '"');

// --- folding ----------------------------------------------------------------------------------------------------------------------

export const fold = (text) => {
  const composed = text.normalize("NFC");
  if (composed === text && !UNEVEN.test(text)) return { text: straight(text) };
  const starts = [];
  const ends = [];
  let made = "";
  for (const found of text.matchAll(CLUSTER)) {
    const blank = BLANKS.test(found[0]);
    BLANKS.lastIndex = 0;
    const piece = blank ? " " : straight(found[0].normalize("NFC"));
    const same = piece.length === found[0].length;
    for (let at = 0; at < piece.length; at += 1) {
      starts.push(found.index + (same ? at : 0));
      ends.push(same ? found.index + at + 1 : found.index + found[0].length);
    }
    made += piece;
  }
  return { text: made, starts, ends };
};

// passages `{id, text}` under the rule, one after the other, with one space between
export class Searched {
  constructor(passages) {
    this.passages = passages;
    this.folded = passages.map((one) => fold(one.text));
    let length = 0;
    this.starts = this.folded.map((one) => {
      const start = length;
      length += one.text.length + 1;
      return start;
    });
    this.text = this.folded.map((one) => one.text).join(" ");
  }

  // the index of the passage in which an offset lies
  passageAt(at) {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= at) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  // a span as parts of passages, with the offsets of the words as they stand
  partsOf([from, to]) {
    const parts = [];
    for (let index = this.passageAt(from); index < this.passages.length && this.starts[index] < to; index += 1) {
      const { text: folded, starts, ends } = this.folded[index];
      const first = Math.max(0, from - this.starts[index]);
      const last = Math.min(folded.length, to - this.starts[index]);
      if (last <= first) continue;
      const { id, text } = this.passages[index];
      parts.push({ id, text, start: starts ? starts[first] : first, end: ends ? ends[last - 1] : last });
    }
    return parts;
  }
}

// --- the comparison ---------------------------------------------------------------------------------------------------------------

const joined = (left, right) => left !== "" && right !== "" && (/^\p{M}/u.test(right) || (isLetter(left) && isLetter(right)));

// where the words begin, no word being cut at either end; -1 if nowhere among the first places
export const wholeWordsAt = (text, sought, start = 0) => {
  let at = text.indexOf(sought, start);
  const first = signAt(sought, 0);
  const last = signBefore(sought, sought.length);
  for (let tried = 0; tried < MOST_PLACES; tried += 1) {
    if (at < 0 || !(joined(signBefore(text, at), first) || joined(last, signAt(text, at + sought.length)))) return at;
    at = text.indexOf(sought, borderAfter(text, at + 1));
  }
  return -1;
};
const borderAfter = (text, start) => {
  for (let at = start; at < text.length; at += 1) {
    const here = isWord(signAt(text, at));
    if (!here || !isWord(signBefore(text, at))) return at;
  }
  return text.length;
};

const isLongEnough = (piece) => split(piece).length >= LEAST_WORDS && lettersOf(piece) >= LEAST_LETTERS;

// whether there is enough of it to be looked for: the least that a piece between ellipses must have
export const isEnough = (words) => isLongEnough(trim(fold(words).text));

const piecesAt = (searched, pieces) => {
  let begin = 0;
  for (let tried = 0; tried < MOST_BEGINNINGS; tried += 1) {
    begin = wholeWordsAt(searched.text, pieces[0], begin);
    if (begin < 0) return [];
    const spans = [[begin, begin + pieces[0].length]];
    for (const piece of pieces.slice(1)) {
      const at = wholeWordsAt(searched.text, piece, spans.at(-1)[1]);
      if (at < 0) return []; // nor behind a later beginning
      spans.push([at, at + piece.length]);
    }
    if (searched.passageAt(spans.at(-1)[1]) - searched.passageAt(begin) < PASSAGES_APART) return spans;
    begin += 1;
  }
  return [];
};

// {verdict, place, spans, omissions} where the words stand; {verdict: "differs", place, nearest, steps, likeness} where not;
// `place` is the index of a passage, -1 if nothing is like the words; `missing` says why they cannot be looked for
export const compare = (words, searched) => {
  const sought = trim(fold(words).text);
  if (!lettersOf(sought)) return { verdict: "cannot be checked", place: -1, missing: "no words are quoted" };
  const at = wholeWordsAt(searched.text, sought);
  let spans = at >= 0 ? [[at, at + sought.length]] : [];
  if (!spans.length && sought.search(GAP) >= 0) {
    const pieces = sought.split(GAP).map((piece) => piece.replace(/^[ ,;]+|[ ,;]+$/g, "")).filter(Boolean);
    if (!pieces.length || !pieces.every(isLongEnough))
      return { verdict: "differs", place: -1, missing: `a piece between ellipses has fewer than ${LEAST_WORDS} words or ${LEAST_LETTERS} letters` };
    spans = piecesAt(searched, pieces);
  }
  if (spans.length) {
    const omissions = spans.slice(1).map(([next], index) => trim(searched.text.slice(spans[index][1], next)));
    const verdict = spans.length > 1 ? "verified but for what was left out" : "verified";
    return { verdict, place: searched.passageAt(spans[0][0]), spans, omissions };
  }
  const { words: nearest, likeness } = nearestIn(searched.text, sought);
  const place = nearest ? searched.passageAt(Math.max(0, searched.text.indexOf(nearest))) : -1;
  const steps = wordByWord(split(sought).slice(0, MOST_WORDS), split(nearest));
  return { verdict: "differs", place, nearest, likeness, steps };
};

// a comma or full stop at the end of quoted words belongs to the sentence around them
export const judge = (words, searched) => {
  const result = compare(words, searched);
  const trimmed = words.replace(/[.,;]+$/, "");
  if (result.verdict !== "differs" || trimmed === words) return result;
  const shorter = compare(trimmed, searched);
  return shorter.verdict.startsWith("verified") ? shorter : result;
};

// the words of both in order: kept, only in the quotation (added), only in the other (dropped)
export const wordByWord = (quoted, there) => {
  const steps = [];
  for (const [same, i, j, k, m] of opcodes(quoted, there)) {
    if (same) steps.push(["kept", quoted.slice(i, j).join(" ")]);
    else {
      if (m > k) steps.push(["dropped", there.slice(k, m).join(" ")]);
      if (j > i) steps.push(["added", quoted.slice(i, j).join(" ")]);
    }
  }
  return steps;
};

// --- what is most like it -----------------------------------------------------------------------------------------------------------

const nearestIn = (text, sought) => {
  const at = text.indexOf(sought);
  if (at >= 0) { // there, but within longer words: these are shown whole
    const end = text.indexOf(" ", at + sought.length);
    return { words: text.slice(at ? text.lastIndexOf(" ", at - 1) + 1 : 0, end >= 0 ? end : text.length), likeness: 1 };
  }
  const quoted = split(sought).slice(0, MOST_WORDS);
  const words = split(text);
  const there = withoutEdges(words.length ? split(nearestWords(words, quoted)) : [], quoted);
  const likeness = Math.max(ratio(quoted, there), lettersAlike(quoted, there));
  return likeness < LEAST_LIKE ? { words: "", likeness: 0 } : { words: there.join(" "), likeness };
};

const signs = (text) => Array.from(text);
const lettersAlike = (quoted, there) => {
  if (quoted.length > 6 || there.reduce((sum, word) => sum + signs(word).length, 0) > 200) return 0;
  const found = ratio(signs(quoted.join(" ")).slice(0, 200), signs(there.join(" ")));
  return found >= LEAST_LIKE_IN_LETTERS ? found : 0;
};

const stripped = (word, left, right) => {
  let start = 0;
  let end = word.length;
  while (left && start < end && PUNCTUATION.includes(word[start])) start += 1;
  while (right && end > start && PUNCTUATION.includes(word[end - 1])) end -= 1;
  return word.slice(start, end);
};
const withoutEdges = (there, quoted) => {
  if (there.length && isLetter(quoted[0])) there[0] = stripped(there[0], true, false);
  const last = quoted.at(-1);
  if (there.length && isLetter(signBefore(last, last.length))) there[there.length - 1] = stripped(there.at(-1), false, true);
  return there;
};
// near to Python's casefold, sign by sign
const key = (word) => signs(stripped(word, true, true)).map((sign) => sign.toUpperCase().toLowerCase()).join("");

const nearestWords = (words, quoted) => {
  const position = new Map();
  quoted.forEach((word, index) => position.has(key(word)) || position.set(key(word), index));
  const standing = new Map();
  words.forEach((word, index) => {
    const one = key(word);
    if (!position.has(one)) return;
    if (standing.has(one)) standing.get(one).push(index);
    else standing.set(one, [index]);
  });
  if (!standing.size) return misspelt(words, quoted);
  const width = Math.max(4, Math.floor(quoted.length / 4));
  const votes = new Map();
  for (const [one, indices] of standing)
    for (const index of indices) {
      const bucket = Math.floor((index - position.get(one)) / width);
      votes.set(bucket, (votes.get(bucket) ?? 0) + 1 / indices.length);
      votes.set(bucket - 1, (votes.get(bucket - 1) ?? 0) + 1 / indices.length);
    }
  let best;
  for (const [bucket, count] of votes)
    if (best === undefined || count > votes.get(best) || (count === votes.get(best) && bucket < best)) best = bucket;
  const first = Math.max(0, best * width);
  return bestStretch(words.slice(first, first + 2 * width + quoted.length), quoted);
};

const bestStretch = (stretch, quoted) => {
  const blocks = matchingBlocks(quoted.map(key), stretch.map(key));
  if (!blocks.length) return "";
  const longest = blocks.reduce((one, other) => (other[2] > one[2] || (other[2] === one[2] && other[1] < one[1]) ? other : one));
  const shift = longest[1] - longest[0];
  const near = blocks.filter(([i, j]) => Math.abs(j - i - shift) <= Math.max(2, Math.floor(quoted.length / 4)));
  const start = Math.max(0, near[0][1] - near[0][0]);
  return stretch.slice(start, Math.min(stretch.length, near.at(-1)[1] + quoted.length - near.at(-1)[0])).join(" ");
};

const misspelt = (words, quoted) => {
  const length = (word) => signs(word).length;
  const index = quoted.reduce((one, word, at) => (length(word) > length(quoted[one]) ? at : one), 0);
  const sought = key(quoted[index]);
  const ends = (word) => (word ? [signAt(word, 0), signBefore(word, word.length)] : [""]);
  const likely = new Map();
  for (let number = words.length - 1; number >= 0; number -= 1) {
    const one = key(words[number]);
    if (Math.abs(length(one) - length(sought)) <= 3 && ends(one).some((sign) => ends(sought).includes(sign))) likely.set(one, number);
  }
  const goal = signs(sought).slice(0, 100);
  let close;
  let most = 0;
  for (const one of [...likely.keys()].slice(0, 2000)) {
    const found = ratio(signs(one), goal);
    if (found >= 0.7 && (close === undefined || found > most || (found === most && one > close))) [close, most] = [one, found];
  }
  if (close === undefined) return "";
  const first = Math.max(0, likely.get(close) - index);
  return words.slice(first, first + quoted.length).join(" ");
};

// --- sequences: Python's difflib without its heuristics -----------------------------------------------------------------------------

const matchingBlocks = (a, b) => {
  const places = new Map();
  b.forEach((one, j) => (places.has(one) ? places.get(one).push(j) : places.set(one, [j])));
  const waiting = [[0, a.length, 0, b.length]];
  const found = [];
  while (waiting.length) {
    const [alo, ahi, blo, bhi] = waiting.pop();
    let [besti, bestj, size] = [alo, blo, 0];
    let lengths = new Map();
    for (let i = alo; i < ahi; i += 1) {
      const next = new Map();
      for (const j of places.get(a[i]) ?? []) {
        if (j < blo) continue;
        if (j >= bhi) break;
        const k = (lengths.get(j - 1) ?? 0) + 1;
        next.set(j, k);
        if (k > size) [besti, bestj, size] = [i - k + 1, j - k + 1, k];
      }
      lengths = next;
    }
    if (!size) continue;
    found.push([besti, bestj, size]);
    if (alo < besti && blo < bestj) waiting.push([alo, besti, blo, bestj]);
    if (besti + size < ahi && bestj + size < bhi) waiting.push([besti + size, ahi, bestj + size, bhi]);
  }
  found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const blocks = [];
  for (const [i, j, size] of found) {
    const last = blocks.at(-1);
    if (last && last[0] + last[2] === i && last[1] + last[2] === j) last[2] += size;
    else blocks.push([i, j, size]);
  }
  return blocks;
};

const ratio = (a, b) => {
  if (!(a.length + b.length)) return 1;
  return (2 * matchingBlocks(a, b).reduce((sum, block) => sum + block[2], 0)) / (a.length + b.length);
};

const opcodes = (a, b) => {
  const steps = [];
  let [i, j] = [0, 0];
  for (const [ai, bj, size] of [...matchingBlocks(a, b), [a.length, b.length, 0]]) {
    if (i < ai || j < bj) steps.push([false, i, ai, j, bj]);
    [i, j] = [ai + size, bj + size];
    if (size) steps.push([true, ai, i, bj, j]);
  }
  return steps;
};
