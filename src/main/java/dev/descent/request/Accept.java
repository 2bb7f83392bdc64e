package dev.descent.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Chooses the form of an answer by the weights of the Accept header (RFC 9110, 12.5.1) before anything is done: the most
 * specific range that a type falls into gives its weight, and 0 excludes it. Spring would take the first, excluded ones
 * too, and write in any charset that is asked for.
 */
@Component
public class Accept implements HandlerInterceptor, WebMvcConfigurer {

    /** The attribute of a request with the chosen media type, one of those that its endpoint produces. */
    public static final String CHOSEN = "dev.descent.accept.chosen";

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.strategies(List.of(Accept::accepted));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    /** What is accepted at all, the best first, without parameters: they would end up in the Content-Type. */
    private static List<MediaType> accepted(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> accepted = new ArrayList<>(ranges(nativeRequest(request)).stream()
                .filter(range -> range.getQualityValue() > 0)
                .map(range -> new MediaType(range.getType(), range.getSubtype(), range.getQualityValue()))
                .toList());
        if (accepted.isEmpty()) {
            throw new HttpMediaTypeNotAcceptableException("Accept excludes everything");
        }
        MimeTypeUtils.sortBySpecificity(accepted);
        return accepted;
    }

    private static HttpServletRequest nativeRequest(NativeWebRequest request) {
        return Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Collection<?> types) {
            List<MediaType> produced = types.stream().map(MediaType.class::cast).toList();
            MediaType best = best(produced, ranges(request));
            request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, Set.of(best));
            request.setAttribute(CHOSEN, best);
        }
        return true;
    }

    private static List<MediaType> ranges(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        try {
            List<MediaType> ranges = MediaType.parseMediaTypes(headers);
            return ranges.isEmpty() ? List.of(MediaType.ALL) : ranges;
        } catch (InvalidMediaTypeException malformed) {
            throw new HttpMediaTypeNotAcceptableException("Accept is malformed");
        }
    }

    /** The first of those with the greatest weight. */
    static MediaType best(List<MediaType> produced, List<MediaType> ranges) throws HttpMediaTypeNotAcceptableException {
        MediaType best = null;
        double most = 0;
        for (MediaType type : produced) {
            double weight = weight(type, ranges);
            if (weight > most) {
                best = type;
                most = weight;
            }
        }
        if (best == null) {
            throw new HttpMediaTypeNotAcceptableException(produced);
        }
        return best;
    }

    private static double weight(MediaType type, List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .max(Comparator.comparingInt(Accept::specificity).thenComparingDouble(MediaType::getQualityValue))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }

    private static int specificity(MediaType range) {
        if (range.isWildcardType()) {
            return 0;
        }
        return range.isWildcardSubtype() ? 1 : 2;
    }
}
