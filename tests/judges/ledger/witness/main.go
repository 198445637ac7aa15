// A witness of C2SP tlog-witness over golang.org/x/mod/sumdb/{tlog,note}: remembers the newest checkpoint of one log, cosigns
// what continues it, and refuses everything else. One request a run: the body of add-checkpoint comes on standard input; status,
// content type and body go to standard output, so that a test needs no port.
//
//	witness -log <verifier> -name <name> -seed <64 hex digits> -state FILE < request
//	witness -name <name> -seed <64 hex digits> -print-key
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const cosignatureType = 4 // C2SP tlog-cosignature, Ed25519

type witness struct {
	log   note.Verifier
	name  string
	key   ed25519.PrivateKey
	state string
}

type answer struct {
	status            int
	contentType, body string
}

func refuse(status int, why string) answer { return answer{status, "text/plain", why + "\n"} }

func (w witness) keyID() []byte {
	sum := sha256.Sum256(append([]byte(w.name+"\n"), append([]byte{cosignatureType}, w.key.Public().(ed25519.PublicKey)...)...))
	return sum[:4]
}

// remembered is the newest checkpoint that this witness cosigned.
func (w witness) remembered() (tlog.Tree, error) {
	data, err := os.ReadFile(w.state)
	if os.IsNotExist(err) {
		return tlog.Tree{}, nil
	}
	if err != nil {
		return tlog.Tree{}, err
	}
	var tree tlog.Tree
	var root string
	if _, err := fmt.Sscanf(string(data), "%d %s", &tree.N, &root); err != nil {
		return tlog.Tree{}, err
	}
	tree.Hash, err = tlog.ParseHash(root)
	return tree, err
}

func parse(text string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return tlog.Tree{}, fmt.Errorf("too few lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return tlog.Tree{}, fmt.Errorf("no size")
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func (w witness) addCheckpoint(body []byte) (answer, error) {
	head, msg, found := bytes.Cut(body, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || !strings.HasPrefix(lines[0], "old ") || len(lines) > 64 {
		return refuse(400, "not an add-checkpoint request"), nil
	}
	old, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if err != nil || old < 0 {
		return refuse(400, "no old size"), nil
	}
	var proof tlog.TreeProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return refuse(400, "a proof line is no hash"), nil
		}
		proof = append(proof, hash)
	}
	if origin, _, _ := strings.Cut(string(msg), "\n"); origin != w.log.Name() {
		return refuse(404, "unknown origin"), nil
	}
	opened, err := note.Open(msg, note.VerifierList(w.log))
	if err != nil {
		return refuse(403, "no good signature of the log"), nil
	}
	tree, err := parse(opened.Text)
	if err != nil || old > tree.N {
		return refuse(400, "not a checkpoint behind the old size"), nil
	}
	known, err := w.remembered()
	if err != nil {
		return answer{}, err
	}
	if old != known.N {
		return answer{409, "text/x.tlog.size", fmt.Sprintf("%d\n", known.N)}, nil
	}
	switch {
	case known.N == tree.N && known.N > 0 && known.Hash != tree.Hash:
		return refuse(409, "another tree of the same size"), nil
	case known.N == 0 && len(proof) > 0:
		return refuse(422, "a proof from nothing is empty"), nil
	case known.N > 0 && known.N < tree.N && tlog.CheckTree(proof, tree.N, tree.Hash, known.N, known.Hash) != nil:
		return refuse(422, "the proof does not lead from the old tree to the new"), nil
	}
	if err := os.WriteFile(w.state, []byte(fmt.Sprintf("%d %s\n", tree.N, tree.Hash)), 0o600); err != nil {
		return answer{}, err
	}
	return answer{200, "text/plain", w.cosign(opened.Text)}, nil
}

func (w witness) cosign(text string) string {
	now := time.Now().Unix()
	signature := ed25519.Sign(w.key, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", now, text)))
	raw := binary.BigEndian.AppendUint64(append([]byte(nil), w.keyID()...), uint64(now))
	return fmt.Sprintf("\u2014 %s %s\n", w.name, base64.StdEncoding.EncodeToString(append(raw, signature...)))
}

func run() error {
	log := flag.String("log", "", "verifier key of the log")
	name := flag.String("name", "witness.example/w1", "name of the witness's key")
	seed := flag.String("seed", "", "seed of the witness's key, 64 hex digits")
	state := flag.String("state", "", "file that remembers the newest checkpoint")
	printKey := flag.Bool("print-key", false, "print the witness's verifier key")
	flag.Parse()
	raw, err := hex.DecodeString(*seed)
	if err != nil || len(raw) != ed25519.SeedSize {
		return fmt.Errorf("-seed needs 64 hex digits")
	}
	w := witness{name: *name, key: ed25519.NewKeyFromSeed(raw), state: *state}
	if *printKey {
		public := append([]byte{cosignatureType}, w.key.Public().(ed25519.PublicKey)...)
		fmt.Printf("%s+%08x+%s\n", w.name, binary.BigEndian.Uint32(w.keyID()), base64.StdEncoding.EncodeToString(public))
		return nil
	}
	if w.log, err = note.NewVerifier(*log); err != nil {
		return err
	}
	body, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	got, err := w.addCheckpoint(body)
	if err != nil {
		return err
	}
	fmt.Printf("%d %s\n%s", got.status, got.contentType, got.body)
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "witness:", err)
		os.Exit(1)
	}
}
