// What our Go programs share: a list of {part, source, reader} in, a list of {text} or {error} out. Each says in a file
// of its own what a `reader` is, and how it is filled in.
package main

import (
	"encoding/json"
	"os"
)

type job struct {
	Part, Source string
	Reader       reader
}

type filled struct {
	Text  string `json:"text"`
	Error string `json:"error,omitempty"`
}

func main() {
	var jobs []job
	if err := json.NewDecoder(os.Stdin).Decode(&jobs); err != nil {
		panic(err)
	}
	done := []filled{}
	for _, j := range jobs {
		text, err := fill(j)
		if err != nil {
			done = append(done, filled{Error: err.Error()})
		} else {
			done = append(done, filled{Text: text})
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(done); err != nil {
		panic(err)
	}
}
