using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Invoicing;

/// <summary>
/// How every service's OpenApi documents name and describe types: an endpoint's nested <c>Response</c> is named after its endpoint, and what
/// may be null says so, also where it is described elsewhere.
/// </summary>
public static class Documents
{
    private const string ComponentName = "x-schema-id";
    private static readonly OpenApiSchema Null = new() { Type = JsonSchemaType.Null };

    public static IServiceCollection DescribeTypesAlike(this IServiceCollection services) => services.ConfigureAll<OpenApiOptions>(options =>
    {
        options.CreateSchemaReferenceId = type =>
            OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name && type.Type.DeclaringType is { } endpoint ? endpoint.Name + name : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            foreach (var property in context.JsonTypeInfo.Properties)
            {
                if (property.AttributeProvider is PropertyInfo info && schema.Properties?.TryGetValue(property.Name, out var described) == true)
                {
                    schema.Properties[property.Name] = Described(described, IsNullable(info));
                    if (info.GetCustomAttribute<JsonIgnoreAttribute>() is not null)
                    {
                        schema.Required?.Remove(property.Name);
                    }
                }
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            AskOnlyWhatIsNeeded(document);
            return Task.CompletedTask;
        });
    });

    /// <summary>What may be null may be left out of a request: a record's constructor would make it required.</summary>
    private static void AskOnlyWhatIsNeeded(OpenApiDocument document)
    {
        var asked = new HashSet<OpenApiSchema>();
        var operations = document.Paths.Values.SelectMany(p => p.Operations ?? []).Select(o => o.Value);
        foreach (var content in operations.SelectMany(o => o.RequestBody?.Content?.Values ?? Enumerable.Empty<OpenApiMediaType>()))
        {
            Collect(content.Schema, asked);
        }

        foreach (var schema in asked)
        {
            schema.Required = schema.Required?.Where(name => schema.Properties?[name] is not { } property || !MayBeNull(property)).ToHashSet();
        }
    }

    private static void Collect(IOpenApiSchema? schema, HashSet<OpenApiSchema> into)
    {
        if ((schema as OpenApiSchema ?? (schema as OpenApiSchemaReference)?.RecursiveTarget) is { } found && into.Add(found))
        {
            foreach (var inner in (found.Properties?.Values ?? Enumerable.Empty<IOpenApiSchema>()).Concat(found.OneOf ?? []).Append(found.Items))
            {
                Collect(inner, into);
            }
        }
    }

    private static bool MayBeNull(IOpenApiSchema schema) => schema.Type?.HasFlag(JsonSchemaType.Null) == true || schema.OneOf?.Any(MayBeNull) == true;

    private static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    private static IOpenApiSchema Described(IOpenApiSchema schema, bool nullable)
    {
        var elsewhere = schema is OpenApiSchemaReference || (schema as OpenApiSchema)?.Metadata?.TryGetValue(ComponentName, out var name) == true && name is string { Length: > 0 };
        if (elsewhere)
        {
            return nullable ? new OpenApiSchema { OneOf = [Null, schema] } : schema;
        }

        if (schema is OpenApiSchema { Type: { } type } inline)
        {
            inline.Type = nullable ? type | JsonSchemaType.Null : type & ~JsonSchemaType.Null;
        }

        return schema;
    }
}
