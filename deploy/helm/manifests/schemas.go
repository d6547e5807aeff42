// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	openapi "github.com/google/gnostic-models/openapiv2"
	"google.golang.org/protobuf/proto"
	"sigs.k8s.io/kustomize/kyaml/openapi/kubernetesapi"
	"sigs.k8s.io/yaml"
)

const definitions = "#/definitions/"

// writeSchemas writes a file a kind, DIR/kind-group-version.json, from the description of Kubernetes' API that kustomize carries.
// No object may have a key that the description lacks.
func writeSchemas(folder string) error {
	packed := kubernetesapi.OpenAPIMustAsset[kubernetesapi.DefaultOpenAPI]
	document := &openapi.Document{}
	if err := proto.Unmarshal(packed("kubernetesapi/"+strings.ReplaceAll(kubernetesapi.DefaultOpenAPI, ".", "_")+"/swagger.pb"), document); err != nil {
		return err
	}
	text, err := document.YAMLValue("")
	if err != nil {
		return err
	}
	var swagger struct {
		Definitions map[string]map[string]any `json:"definitions"`
	}
	if err := yaml.Unmarshal(text, &swagger); err != nil {
		return err
	}
	for name := range swagger.Definitions {
		strict(swagger.Definitions[name])
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, definition := range swagger.Definitions {
		kinds, _ := definition["x-kubernetes-group-version-kind"].([]any)
		for _, each := range kinds {
			kind := each.(map[string]any)
			if err := writeSchema(folder, name, kind, swagger.Definitions); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeSchema(folder, name string, kind map[string]any, all map[string]map[string]any) error {
	group, _ := kind["group"].(string)
	parts := []string{strings.ToLower(kind["kind"].(string))}
	if group != "" {
		parts = append(parts, strings.Split(group, ".")[0])
	}
	parts = append(parts, kind["version"].(string))
	used := map[string]any{}
	collect(name, all, used)
	text, err := json.Marshal(map[string]any{
		"$schema": "http://json-schema.org/draft-07/schema#", "$ref": definitions + name, "definitions": used,
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, strings.Join(parts, "-")+".json"), text, 0o644)
}

// collect takes a definition and all that it refers to.
func collect(name string, all map[string]map[string]any, used map[string]any) {
	if _, has := used[name]; has {
		return
	}
	used[name] = all[name]
	for _, reference := range references(all[name]) {
		collect(strings.TrimPrefix(reference, definitions), all, used)
	}
}

func references(node any) []string {
	var found []string
	switch value := node.(type) {
	case map[string]any:
		if reference, is := value["$ref"].(string); is {
			found = append(found, reference)
		}
		for _, below := range value {
			found = append(found, references(below)...)
		}
	case []any:
		for _, below := range value {
			found = append(found, references(below)...)
		}
	}
	return found
}

// strict closes all objects that say which properties they have, and lets what may be a number be text.
func strict(node any) {
	switch value := node.(type) {
	case map[string]any:
		if properties, has := value["properties"].(map[string]any); has {
			value["additionalProperties"] = false
			for name, property := range properties {
				// Beside a reference draft 7 reads nothing.
				described, is := property.(map[string]any)
				if reference, has := described["$ref"]; is && has {
					properties[name] = map[string]any{"$ref": reference}
				}
			}
		}
		if format := value["format"]; format == "int-or-string" {
			delete(value, "type")
		}
		for _, below := range value {
			strict(below)
		}
	case []any:
		for _, below := range value {
			strict(below)
		}
	}
}
