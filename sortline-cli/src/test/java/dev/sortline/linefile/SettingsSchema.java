// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The JSON Schema of a file that Jackson reads into records, made of what stands at their components: constraints, descriptions and defaults.
 * What is not required may also be null, and nothing that is not named may be there: so does {@link YamlFile} have it.
 */
final class SettingsSchema {
    private static final ObjectMapper PLAIN = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final ObjectMapper mapper;

    /** @param mapper what the file is read with: it knows the types that a {@code type} stands for */
    SettingsSchema(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The schema as text, in draft-07: what editors know best. */
    String of(Class<?> file) throws JsonProcessingException {
        var builder = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(
                        JacksonOption.RESPECT_JSONPROPERTY_REQUIRED,
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE,
                        JacksonOption.SKIP_SUBTYPE_LOOKUP,
                        JacksonOption.IGNORE_TYPE_INFO_TRANSFORM))
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
                .with(Option.INLINE_NULLABLE_SCHEMAS, Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        builder.forTypesInGeneral()
                .withPropertySorter(Comparator.comparingInt(unused -> 0))
                .withCustomDefinitionProvider(this::path)
                .withCustomDefinitionProvider(this::byName)
                .withCustomDefinitionProvider(this::oneOfItsTypes)
                .withTypeAttributeOverride((definition, scope, unused) ->
                        nameItsType(definition, scope.getType().getErasedType()));
        builder.forFields()
                .withNullableCheck(field -> !isRequired(field))
                .withDefaultResolver(this::byDefault)
                .withInstanceAttributeOverride((setting, field, unused) -> notEmpty(setting, field));
        return PLAIN.writeValueAsString(new SchemaGenerator(builder.build()).generateSchema(file)) + "\n";
    }

    private static boolean isRequired(FieldScope field) {
        JsonProperty property = field.getAnnotationConsideringFieldAndGetter(JsonProperty.class);
        return property != null && property.required();
    }

    /** As the file would say it: a number, a word or a truth, not the text that an annotation has. */
    private Object byDefault(FieldScope field) {
        JsonProperty property = field.getAnnotationConsideringFieldAndGetter(JsonProperty.class);
        return property == null || property.defaultValue().isEmpty()
                ? null
                : mapper.valueToTree(mapper.convertValue(
                        property.defaultValue(), field.getType().getErasedType()));
    }

    /** A map of which there must be entries, and a path that must be there: to the program an empty one is none. */
    private static void notEmpty(ObjectNode setting, FieldScope field) {
        Size size = field.getAnnotationConsideringFieldAndGetter(Size.class);
        if (size != null && field.getType().isInstanceOf(Map.class)) {
            setting.put("minProperties", size.min());
        }
        if (field.getType().isInstanceOf(Path.class) && isRequired(field)) {
            setting.put("minLength", 1);
        }
    }

    private CustomDefinition path(ResolvedType type, SchemaGenerationContext context) {
        return type.getErasedType() == Path.class
                ? new CustomDefinition(
                        context.getGeneratorConfig().createObjectNode().put("type", "string"),
                        DefinitionType.INLINE,
                        AttributeInclusion.YES)
                : null;
    }

    private CustomDefinition byName(ResolvedType type, SchemaGenerationContext context) {
        if (!type.isInstanceOf(Map.class)) {
            return null;
        }
        ResolvedType each = type.typeParametersFor(Map.class).get(1);
        ObjectNode definition = context.getGeneratorConfig().createObjectNode().put("type", "object");
        definition.set("additionalProperties", context.createDefinitionReference(each));
        return new CustomDefinition(definition, DefinitionType.INLINE, AttributeInclusion.YES);
    }

    /** What else may be there depends on what {@code type} says. */
    private CustomDefinition oneOfItsTypes(ResolvedType type, SchemaGenerationContext context) {
        if (!type.getErasedType().isInterface() || !type.getErasedType().isAnnotationPresent(JsonTypeInfo.class)) {
            return null;
        }
        ObjectNode definition = context.getGeneratorConfig().createObjectNode().put("type", "object");
        ArrayNode words = definition
                .withObject("properties")
                .withObject("type")
                .put("description", "what it speaks; what else can be set depends on it")
                .putArray("enum");
        definition.putArray("required").add("type");
        ArrayNode all = definition.putArray("allOf");
        types(type.getErasedType()).forEach((word, subtype) -> {
            words.add(word);
            ObjectNode one = all.addObject();
            ObjectNode chosen = one.withObject("if");
            chosen.withObject("properties").withObject("type").put("const", word);
            chosen.putArray("required").add("type");
            one.set(
                    "then",
                    context.createDefinitionReference(context.getTypeContext().resolve(subtype)));
        });
        return new CustomDefinition(definition, DefinitionType.INLINE, AttributeInclusion.NO);
    }

    private void nameItsType(ObjectNode definition, Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            types(parent).forEach((word, subtype) -> {
                if (subtype == type && !definition.has("$ref") && !definition.has("anyOf")) {
                    ObjectNode properties = definition.objectNode();
                    properties.withObject("type").put("const", word).put("description", "what it speaks");
                    if (definition.has("properties")) {
                        properties.setAll((ObjectNode) definition.get("properties"));
                    }
                    definition.set("properties", properties);
                    definition.withArray("required").insert(0, "type");
                }
            });
        }
    }

    /** The types that a {@code type} stands for, by its word, in the order of the alphabet. */
    private Map<String, Class<?>> types(Class<?> parent) {
        var config = mapper.getDeserializationConfig();
        return mapper
                .getSubtypeResolver()
                .collectAndResolveSubtypesByTypeId(
                        config, AnnotatedClassResolver.resolve(config, config.constructType(parent), config))
                .stream()
                .filter(NamedType::hasName)
                .collect(Collectors.toMap(NamedType::getName, NamedType::getType, (one, other) -> one, TreeMap::new));
    }
}
