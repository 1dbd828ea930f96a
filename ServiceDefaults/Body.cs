using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Invoicing;

/// <summary>
/// A JSON body, read and validated: broken JSON 400, a wrong type or value 422 with the pointer of the field, another media type 415.
/// Data annotations on <typeparamref name="T"/> and what it contains are checked; their messages are Spanish.
/// </summary>
public sealed class Body<T>(T value) : IEndpointParameterMetadataProvider where T : class
{
    public T Value { get; } = value;

    public static async ValueTask<Body<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ProblemException(Problems.ForStatus(415));
        }

        var bytes = await ReadAllAsync(context.Request.Body, context.RequestAborted);
        return new Body<T>(Body.Parse<T>(bytes));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream body, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, ct);
        return buffer.ToArray();
    }
}

public static class Body
{
    /// <exception cref="ProblemException">400 or 422, see <see cref="Body{T}"/>.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> json) where T : class
    {
        EnsureWellFormed(json);
        T? value;
        try
        {
            value = JsonSerializer.Deserialize<T>(json.Span, Json.Options);
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Invalid(Pointer(e.Path), "invalid_type", Pointer(e.Path) is { Length: > 0 } at ? $"El valor de {at} no es del tipo esperado." : "El valor no es del tipo esperado."));
        }

        if (value is null)
        {
            throw new ProblemException(Problem.Invalid("", "required", "El cuerpo no puede ser null."));
        }

        EnsureText(json.Span);
        var problems = Validate(value).ToArray();
        return problems.Length == 0 ? value : throw new ProblemException(Problem.Invalid(problems));
    }

    /// <summary>Data annotations of the object and of every object and list inside it.</summary>
    public static IEnumerable<FieldProblem> Validate(object value, string at = "")
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return new FieldProblem($"{at}/{Name(result.MemberNames.FirstOrDefault() ?? "")}", "invalid_value", result.ErrorMessage ?? "Valor no válido.");
        }

        foreach (var hole in Holes(value, at))
        {
            yield return hole;
        }

        foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && IsOurs(p.PropertyType)))
        {
            foreach (var (item, path) in Items(property.GetValue(value), $"{at}/{Name(property.Name)}"))
            {
                foreach (var problem in Validate(item, path))
                {
                    yield return problem;
                }
            }
        }
    }

    /// <summary>A list holds no null, unless its type says that it may.</summary>
    private static IEnumerable<FieldProblem> Holes(object value, string at)
    {
        foreach (var property in value.GetType().GetProperties().Where(p => typeof(IList).IsAssignableFrom(p.PropertyType) || IsReadOnlyList(p.PropertyType)))
        {
            var list = (property.GetIndexParameters().Length == 0 ? property.GetValue(value) : null) as IEnumerable;
            var (index, mayHold) = (0, (bool?)null);
            foreach (var item in list ?? Array.Empty<object>())
            {
                if (item is null && !(mayHold ??= MayHoldNull(property)))
                {
                    yield return new FieldProblem($"{at}/{Name(property.Name)}/{index}", "required", "No puede ser null.");
                }

                index++;
            }
        }
    }

    private static bool IsReadOnlyList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    private static bool MayHoldNull(PropertyInfo list)
    {
        var type = new NullabilityInfoContext().Create(list);
        return (type.ElementType ?? type.GenericTypeArguments[0]).ReadState == NullabilityState.Nullable;
    }

    private static IEnumerable<(object, string)> Items(object? value, string at) => value switch
    {
        null or string => [],
        IEnumerable list => list.Cast<object?>().Select((item, i) => (item!, $"{at}/{i}")).Where(x => x.Item1 is not null && IsOurs(x.Item1.GetType())),
        _ => [(value, at)],
    };

    private static bool IsOurs(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().Any(IsOurs) : (type.Namespace ?? "").StartsWith("Invoicing", StringComparison.Ordinal) && !type.IsEnum;

    private static void EnsureWellFormed(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var _ = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            throw Malformed();
        }

        if (!Utf8.IsValid(json.Span))
        {
            throw Malformed();
        }
    }

    private static ProblemException Malformed() => new(new Problem(400, "malformed_json", "El cuerpo no es JSON válido."));

    /// <summary>Free JSON (<see cref="JsonElement"/>) leaves its texts alone until somebody reads them: halves of surrogate pairs are found here.</summary>
    private static void EnsureText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 32 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(Problem.Invalid("", "invalid_value", "Hay un texto con medio par sustituto (\\ud800 a \\udfff)."));
        }
    }

    private static string Pointer(string? path) =>
        "/" + (path ?? "$").Replace("$", "", StringComparison.Ordinal).Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Trim('.').Replace('.', '/');

    private static string Name(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}
