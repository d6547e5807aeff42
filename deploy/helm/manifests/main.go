// SPDX-License-Identifier: Apache-2.0

// Command sortline-manifests holds Kubernetes objects against the types that they are read into.
//
//	helm template … | sortline-manifests       decodes each object strictly into its Go type
//	sortline-manifests schemas DIR              writes the JSON schemas that kubeconform goes by
//
// A key that no type has, a value of another type and an object of an unknown kind are wrong: exit 1. Kinds in skipped are told and not looked at.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// Kinds whose types no Go module has that can be used alone.
var skipped = map[string]string{
	"kafka.strimzi.io": "Strimzi's types are Java's",
	"keda.sh":          "KEDA's types come with all of KEDA",
}

func scheme() (*runtime.Scheme, error) {
	known := runtime.NewScheme()
	builders := []func(*runtime.Scheme) error{
		apps.AddToScheme, core.AddToScheme, networking.AddToScheme, policy.AddToScheme, monitoring.AddToScheme,
	}
	for _, add := range builders {
		if err := add(known); err != nil {
			return nil, err
		}
	}
	return known, nil
}

// check tells what became of each object; false when one is wrong.
func check(in io.Reader, out io.Writer) (bool, error) {
	known, err := scheme()
	if err != nil {
		return false, err
	}
	documents := utilyaml.NewYAMLReader(bufio.NewReader(in))
	right := true
	for {
		text, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return right, nil
		}
		if err != nil {
			return false, err
		}
		var head runtime.TypeMeta
		if err := yaml.Unmarshal(text, &head); err != nil {
			return false, err
		}
		if head.Kind == "" {
			continue
		}
		kind := head.GetObjectKind().GroupVersionKind()
		if why, skip := skipped[kind.Group]; skip {
			fmt.Fprintf(out, "%s %s not looked at: %s\n", kind.GroupVersion(), kind.Kind, why)
			continue
		}
		object, err := known.New(kind)
		if err == nil {
			err = yaml.UnmarshalStrict(text, object)
		}
		if err != nil {
			right = false
			fmt.Fprintf(out, "%s %s wrong: %v\n", kind.GroupVersion(), kind.Kind, err)
			continue
		}
		fmt.Fprintf(out, "%s %s right\n", kind.GroupVersion(), kind.Kind)
	}
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == "schemas" {
		if err := writeSchemas(os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, "sortline-manifests:", err)
			os.Exit(1)
		}
		return
	}
	right, err := check(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "sortline-manifests:", err)
		os.Exit(1)
	}
	if !right {
		os.Exit(1)
	}
}
