// Command logclient reads a log of ours with a client that nobody here wrote:
// Go's golang.org/x/mod/sumdb/tlog and .../note. It prints what it checked as JSON.
//
// Usage: logclient FOLDER PROOFS VKEY...
//
// FOLDER is a tiled log. PROOFS holds our proofs, one JSON object a line. Every VKEY must have
// signed the checkpoint.
package main

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type proof struct {
	Type       string   `json:"type"`
	Index      int64    `json:"index"`
	Size       int64    `json:"size"`
	Old        int64    `json:"old"`
	New        int64    `json:"new"`
	Hashes     [][]byte `json:"hashes"`
	Checkpoint string   `json:"checkpoint"`
}

type summary struct {
	Size         int64  `json:"size"`
	Records      int64  `json:"records"`
	Trees        int64  `json:"trees"`
	Inclusions   int    `json:"inclusions"`
	Consistency  int    `json:"consistency"`
	Signatures   int    `json:"signatures"`
	SigningKey   string `json:"signing_key"`
	VerifierKey  string `json:"verifier_key"`
	SignedByThem string `json:"signed_by_them"`
}

// folder reads tiles of a log from disk, as tlog-tiles names them.
type folder string

func (f folder) Height() int { return tileHeight }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		name := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		content, err := os.ReadFile(filepath.Join(string(f), name))
		if err != nil {
			return nil, err
		}
		data = append(data, content)
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

// entries reads all entries of a log of a size from its bundles.
func (f folder) entries(size int64) [][]byte {
	var all [][]byte
	for int64(len(all)) < size {
		tile := tlog.Tile{H: tileHeight, N: int64(len(all)) >> tileHeight, W: 1 << tileHeight}
		if left := size - int64(len(all)); left < 1<<tileHeight {
			tile.W = int(left)
		}
		name := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		content, err := os.ReadFile(filepath.Join(string(f), name))
		check(err)
		for i := 0; i < tile.W; i++ {
			length := int(binary.BigEndian.Uint16(content))
			all = append(all, content[2:2+length])
			content = content[2+length:]
		}
		if len(content) != 0 {
			log.Fatalf("%s: %d bytes left over", name, len(content))
		}
	}
	return all
}

// open reads a signed checkpoint that every verifier must have signed.
func open(content []byte, verifiers []note.Verifier) (tlog.Tree, int) {
	opened, err := note.Open(content, note.VerifierList(verifiers...))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: root}, len(opened.Sigs)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func hashes(raw [][]byte) []tlog.Hash {
	found := make([]tlog.Hash, len(raw))
	for i := range raw {
		if copy(found[i][:], raw[i]) != tlog.HashSize || len(raw[i]) != tlog.HashSize {
			log.Fatalf("hash %d of a proof has %d bytes", i, len(raw[i]))
		}
	}
	return found
}

func main() {
	log.SetFlags(0)
	root := folder(os.Args[1])
	var verifiers []note.Verifier
	for _, vkey := range os.Args[3:] {
		verifier, err := note.NewVerifier(vkey)
		check(err)
		verifiers = append(verifiers, verifier)
	}
	content, err := os.ReadFile(filepath.Join(string(root), "checkpoint"))
	check(err)
	tree, signatures := open(content, verifiers)
	if signatures != len(verifiers) {
		log.Fatalf("%d of %d keys signed", signatures, len(verifiers))
	}
	result := summary{Size: tree.N, Signatures: signatures}

	// Their reader authenticates each tile against the signed root.
	reader := tlog.TileHashReader(tree, root)
	all := root.entries(tree.N)
	for index, entry := range all {
		theirs, err := tlog.ProveRecord(tree.N, int64(index), reader)
		check(err)
		check(tlog.CheckRecord(theirs, tree.N, tree.Hash, int64(index), tlog.RecordHash(entry)))
		result.Records++
	}
	roots := map[int64]tlog.Hash{}
	for size := int64(1); size <= tree.N; size++ {
		roots[size], err = tlog.TreeHash(size, reader)
		check(err)
		theirs, err := tlog.ProveTree(tree.N, size, reader)
		check(err)
		check(tlog.CheckTree(theirs, tree.N, tree.Hash, size, roots[size]))
		result.Trees++
	}

	lines, err := os.Open(os.Args[2])
	check(err)
	scanner := bufio.NewScanner(lines)
	for scanner.Scan() {
		var ours proof
		check(json.Unmarshal(scanner.Bytes(), &ours))
		switch ours.Type {
		case "inclusion-proof":
			leaf := tlog.RecordHash(all[ours.Index])
			given := tlog.RecordProof(hashes(ours.Hashes))
			check(tlog.CheckRecord(given, ours.Size, roots[ours.Size], ours.Index, leaf))
			result.Inclusions++
		case "consistency-proof":
			given := tlog.TreeProof(hashes(ours.Hashes))
			check(tlog.CheckTree(given, ours.New, roots[ours.New], ours.Old, roots[ours.Old]))
			result.Consistency++
		default:
			log.Fatalf("unknown proof %q", ours.Type)
		}
	}
	check(scanner.Err())

	result.SigningKey, result.VerifierKey, err = note.GenerateKey(rand.Reader, "go.example/log")
	check(err)
	signer, err := note.NewSigner(result.SigningKey)
	check(err)
	signed, err := note.Sign(&note.Note{Text: "go.example/log\n0\n" + tlog.Hash{}.String() + "\n"}, signer)
	check(err)
	result.SignedByThem = string(signed)
	encoded, err := json.Marshal(result)
	check(err)
	fmt.Println(string(encoded))
}
