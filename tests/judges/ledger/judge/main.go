// Judges a folder that `privity ledger export` wrote, with the packages of the Go checksum database
// (golang.org/x/mod/sumdb/{tlog,note}) and nothing of Privity's own code.
//
//	judge -key <verifier> <folder>                 everything in the folder follows from a checkpoint signed by that key
//	judge -key <verifier> -mutations N <folder>    and each of N random changes of its files (in memory) is noticed
//	judge -key <verifier> -proof FILE -entry FILE  a tlog-proof file proves that entry
//	judge -key <verifier> -old FILE -new FILE -consistency FILE   one hash a line proves that new continues old
//
// Says "ok ..." and ends with 0, or says what is wrong and ends with 1.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// openCheckpoint verifies the signature and reads origin, size and root (C2SP tlog-checkpoint).
func openCheckpoint(msg []byte, verifier note.Verifier) (tlog.Tree, error) {
	n, err := note.Open(msg, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	for _, signature := range n.Sigs {
		// sumdb/note lets the unused bits of the last base64 letter be anything; here every bit counts.
		if _, err := base64.StdEncoding.Strict().DecodeString(signature.Base64); err != nil {
			return tlog.Tree{}, errors.New("the signature has a second spelling")
		}
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("the note is not a checkpoint of this origin")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, errors.New("the checkpoint has no size")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil || root.String() != lines[2] {
		return tlog.Tree{}, errors.New("the checkpoint has no root")
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// c2spPath is where C2SP tlog-tiles keeps what sumdb/tlog calls tile/8/L/N.
func c2spPath(level string, n int64, width int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	path = "tile/" + level + "/" + path
	if width < 1<<tileHeight {
		path += fmt.Sprintf(".p/%d", width)
	}
	return path
}

func tilePath(t tlog.Tile) string { return c2spPath(strconv.Itoa(t.L), t.N, t.W) }

// tiles gives the files of the folder to sumdb/tlog, which authenticates each against the signed root.
type tiles map[string][]byte

func (f tiles) Height() int { return tileHeight }
func (f tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, t := range want {
		tile, ok := f[tilePath(t)]
		if !ok {
			return nil, fmt.Errorf("%s is missing", tilePath(t))
		}
		data = append(data, tile)
	}
	return data, nil
}
func (f tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// entries cuts one bundle apart: each entry has its length in two bytes, big endian, in front.
func entries(bundle []byte) ([][]byte, error) {
	var out [][]byte
	for len(bundle) > 0 {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			return nil, errors.New("an entry is cut off")
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		out = append(out, bundle[2:end])
		bundle = bundle[end:]
	}
	return out, nil
}

// judge checks that every byte of every file follows from the signed checkpoint.
func judge(files map[string][]byte, verifier note.Verifier, proofs bool) (tlog.Tree, error) {
	none := tlog.Tree{}
	tree, err := openCheckpoint(files["checkpoint"], verifier)
	if err != nil {
		return none, fmt.Errorf("checkpoint: %w", err)
	}
	known := map[string]bool{"checkpoint": true, "entries.jsonl": true}

	// The tree again, from the entries alone, as the checksum database would have stored it.
	var stored []tlog.Hash
	memory := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			if i >= int64(len(stored)) {
				return nil, errors.New("hash out of range")
			}
			out = append(out, stored[i])
		}
		return out, nil
	})
	var lines bytes.Buffer
	for n := int64(0); n < tree.N; {
		width := 1 << tileHeight
		if tree.N-n < int64(width) {
			width = int(tree.N - n)
		}
		path := c2spPath("entries", n>>tileHeight, width)
		known[path] = true
		bundle, err := entries(files[path])
		if err != nil || len(bundle) != width {
			return none, fmt.Errorf("%s: not %d entries", path, width)
		}
		for _, entry := range bundle {
			hashes, err := tlog.StoredHashes(n, entry, memory)
			if err != nil {
				return none, err
			}
			stored = append(stored, hashes...)
			lines.Write(entry)
			lines.WriteByte('\n')
			n++
		}
	}
	root, err := tlog.TreeHash(tree.N, memory)
	if tree.N == 0 {
		root, err = tree.Hash, nil // sumdb/tlog gives an empty tree no hash
	}
	if err != nil || root != tree.Hash {
		return none, errors.New("the entries do not lead to the signed root")
	}
	if !bytes.Equal(files["entries.jsonl"], lines.Bytes()) {
		return none, errors.New("entries.jsonl differs from the bundles")
	}

	// Each tile file, byte for byte.
	for _, t := range tlog.NewTiles(tileHeight, 0, tree.N) {
		if last := tree.N>>(tileHeight*t.L) - t.N<<tileHeight; t.W < 1<<tileHeight && int64(t.W) != last {
			continue // NewTiles also names the narrower states of the last tile
		}
		known[tilePath(t)] = true
		data, err := tlog.ReadTileData(t, memory)
		if err != nil || !bytes.Equal(data, files[tilePath(t)]) {
			return none, fmt.Errorf("%s differs from the entries", tilePath(t))
		}
	}
	for path := range files {
		if !known[path] {
			return none, fmt.Errorf("%s does not belong here", path)
		}
	}
	if proofs {
		return tree, judgeProofs(files, tree, memory)
	}
	return tree, nil
}

// judgeProofs lets sumdb/tlog prove entries and older trees from the tile files and checks its proofs against the root.
func judgeProofs(files map[string][]byte, tree tlog.Tree, memory tlog.HashReader) error {
	reader := tlog.TileHashReader(tree, tiles(files))
	for n := int64(0); n < tree.N; n += 1 + tree.N/50 {
		leaf, err := memory.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		if err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaf[0]); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
		older, err := tlog.TreeHash(n+1, memory)
		if err != nil {
			return err
		}
		growth, err := tlog.ProveTree(tree.N, n+1, reader)
		if err != nil {
			return fmt.Errorf("size %d: %w", n+1, err)
		}
		if err := tlog.CheckTree(growth, tree.N, tree.Hash, n+1, older); err != nil {
			return fmt.Errorf("size %d: %w", n+1, err)
		}
	}
	return nil
}

// mutate changes one file at random: a bit, a cut, an insertion, a repetition, a removal, an exchange of two files.
func mutate(files map[string][]byte, random *rand.Rand) (map[string][]byte, string) {
	var paths []string
	changed := map[string][]byte{}
	for path, data := range files {
		paths = append(paths, path)
		changed[path] = data
	}
	sort.Strings(paths)
	path := paths[random.Intn(len(paths))]
	data := append([]byte(nil), files[path]...)
	at := random.Intn(len(data))
	what := fmt.Sprintf("%s at byte %d", path, at)
	switch random.Intn(16) {
	case 0:
		data = data[:at]
	case 1:
		data = append(data[:at], append([]byte{byte(random.Intn(256))}, data[at:]...)...)
	case 2:
		data = append(data, data...)
	case 3:
		delete(changed, path)
		return changed, path + " removed"
	case 4:
		other := paths[random.Intn(len(paths))]
		changed[path], changed[other] = files[other], files[path]
		return changed, path + " exchanged with " + other
	case 5:
		// Two entries of a bundle change places, lengths and all.
		if parts, err := entries(data); strings.HasPrefix(path, "tile/entries/") && err == nil && len(parts) > 1 {
			i, j := random.Intn(len(parts)), random.Intn(len(parts))
			parts[i], parts[j] = parts[j], parts[i]
			var bundle []byte
			for _, part := range parts {
				bundle = append(binary.BigEndian.AppendUint16(bundle, uint16(len(part))), part...)
			}
			data = bundle
		}
	default:
		data[at] ^= 1 << random.Intn(8)
	}
	changed[path] = data
	return changed, what
}

func same(a, b map[string][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for path := range a {
		if other, ok := b[path]; !ok || !bytes.Equal(a[path], other) {
			return false
		}
	}
	return true
}

func judgeMutations(files map[string][]byte, verifier note.Verifier, count int, seed int64) error {
	random := rand.New(rand.NewSource(seed))
	for done := 0; done < count; {
		changed, what := mutate(files, random)
		if same(files, changed) {
			continue
		}
		if _, err := judge(changed, verifier, false); err == nil {
			return fmt.Errorf("change %d was not noticed: %s", done, what)
		}
		done++
	}
	return nil
}

func readFolder(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		files[filepath.ToSlash(name)] = data
		return err
	})
	return files, err
}

// judgeProof checks a C2SP tlog-proof file for one entry.
func judgeProof(file, entry []byte, verifier note.Verifier) error {
	head, checkpoint, found := strings.Cut(string(file), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("not a tlog-proof file")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(lines[2:])
	if err != nil {
		return err
	}
	tree, err := openCheckpoint([]byte(checkpoint), verifier)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(tlog.RecordProof(proof), tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

func judgeConsistency(before, after, proof []byte, verifier note.Verifier) error {
	older, err := openCheckpoint(before, verifier)
	if err != nil {
		return err
	}
	newer, err := openCheckpoint(after, verifier)
	if err != nil {
		return err
	}
	list, err := hashes(strings.Fields(string(proof)))
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(list), newer.N, newer.Hash, older.N, older.Hash)
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, line := range lines {
		raw, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return nil, errors.New("not a hash: " + line)
		}
		var hash tlog.Hash
		copy(hash[:], raw)
		out = append(out, hash)
	}
	return out, nil
}

func run() error {
	key := flag.String("key", "", "verifier key of the ledger, from elsewhere than the folder")
	mutations := flag.Int("mutations", 0, "random changes that must be noticed")
	seed := flag.Int64("seed", 20261124, "of the random changes")
	proof := flag.String("proof", "", "tlog-proof file")
	entry := flag.String("entry", "", "the entry that it proves")
	before := flag.String("old", "", "older checkpoint")
	after := flag.String("new", "", "newer checkpoint")
	consistency := flag.String("consistency", "", "hashes from old to new")
	flag.Parse()
	verifier, err := note.NewVerifier(*key)
	if err != nil {
		return err
	}
	read := func(path string) []byte {
		data, readErr := os.ReadFile(path)
		if readErr != nil && err == nil {
			err = readErr
		}
		return data
	}
	switch {
	case *proof != "":
		file, text := read(*proof), read(*entry)
		if err != nil {
			return err
		}
		if err := judgeProof(file, text, verifier); err != nil {
			return err
		}
		fmt.Println("ok: the entry is proven")
	case *consistency != "":
		older, newer, list := read(*before), read(*after), read(*consistency)
		if err != nil {
			return err
		}
		if err := judgeConsistency(older, newer, list, verifier); err != nil {
			return err
		}
		fmt.Println("ok: the newer checkpoint continues the older")
	default:
		files, err := readFolder(flag.Arg(0))
		if err != nil {
			return err
		}
		tree, err := judge(files, verifier, true)
		if err != nil {
			return err
		}
		if err := judgeMutations(files, verifier, *mutations, *seed); err != nil {
			return err
		}
		fmt.Printf("ok: %d entries in %d files, %d random changes noticed\n", tree.N, len(files), *mutations)
	}
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(1)
	}
}
